/**
 * Who may say what: envelopes (DSSE) with Ed25519 signatures, and the keys that are trusted. Start at
 * {@link dev.weir.gating.signing.TrustedKeys}.
 */
@NullMarked
package dev.weir.gating.signing;

import org.jspecify.annotations.NullMarked;
