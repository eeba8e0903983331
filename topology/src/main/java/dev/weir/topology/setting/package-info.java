/**
 * Settings by name, read so that all mistakes are said at once. Start at {@link
 * dev.weir.topology.setting.Settings}.
 */
@NullMarked
package dev.weir.topology.setting;

import org.jspecify.annotations.NullMarked;
