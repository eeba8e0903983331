package dev.weir.topology.setting;

/**
 * What is wrong with one setting, and what to do about it.
 *
 * @param setting its name, or the environment variable that it was given by
 * @param message for people; names the setting
 */
public record Mistake(String setting, String message) {}
