/** The HTTP interface, served by Javalin. */
@NullMarked
package dev.keywright.http;

import org.jspecify.annotations.NullMarked;
