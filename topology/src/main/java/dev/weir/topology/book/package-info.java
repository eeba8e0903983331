/**
 * Which releases and controls are in force. Start at {@link
 * dev.weir.topology.book.ReleaseBookFeed}, which follows the topics; {@link
 * dev.weir.topology.book.InForce} is what it gives.
 */
@NullMarked
package dev.weir.topology.book;

import org.jspecify.annotations.NullMarked;
