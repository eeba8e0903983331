/**
 * What the training rows looked like, as tables that flags, features and checks compare a record
 * with. Start at {@link dev.weir.model.reference.Reference}.
 */
@NullMarked
package dev.weir.model.reference;

import org.jspecify.annotations.NullMarked;
