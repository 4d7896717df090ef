/** A store on H2 or PostgreSQL, reached through Jdbi. */
@NullMarked
package dev.keywright.jdbi;

import org.jspecify.annotations.NullMarked;
