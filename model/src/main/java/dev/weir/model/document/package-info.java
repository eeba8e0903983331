/**
 * YAML and JSON files whose every value knows its place, so that a mistake found late still points
 * at its line. Start at {@link dev.weir.model.document.Section}.
 */
@NullMarked
package dev.weir.model.document;

import org.jspecify.annotations.NullMarked;
