/**
 * What one kind of record is: its fields, and the raw values of one record, nothing imputed. Start
 * at {@link dev.weir.model.domain.Domain}; {@link dev.weir.model.domain.RecordParser} is the only
 * way a {@link dev.weir.model.domain.RawRecord} comes to be.
 */
@NullMarked
package dev.weir.model.domain;

import org.jspecify.annotations.NullMarked;
