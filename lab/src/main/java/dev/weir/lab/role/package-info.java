/**
 * The part that rows play: fitted to, chosen on, or judged by; never two of them. Start at {@link
 * dev.weir.lab.role.RowSet}.
 */
@NullMarked
package dev.weir.lab.role;

import org.jspecify.annotations.NullMarked;
