package dev.weir.gating.decision;

/** Why a batch part was closed. */
public enum CloseReason {
  /** The record had no batch. */
  SINGLE,
  /** All announced records had come. */
  SIZE,
  /** The end marker had come. */
  MARKER,
  /** It had as many records as a batch may have. */
  MAX_RECORDS,
  /** No record had come for too long. */
  IDLE,
  /** It had been open for too long. */
  AGE
}
