package dev.keywright.http;

/** One header line of a request. */
record HeaderLine(String name, String value) {}
