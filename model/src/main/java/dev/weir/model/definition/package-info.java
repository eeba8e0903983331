/**
 * A whole domain as one file declares it: fields, flags, imputation, features and priors. Start at
 * {@link dev.weir.model.definition.DomainDefinition}.
 */
@NullMarked
package dev.weir.model.definition;

import org.jspecify.annotations.NullMarked;
