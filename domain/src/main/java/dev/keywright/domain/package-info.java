/** What a key is and may do: identifiers, secrets, address lists, versions and states, all immutable. */
@NullMarked
package dev.keywright.domain;

import org.jspecify.annotations.NullMarked;
