package dev.keywright.domain;

/** Why a presented secret is not accepted, in the order in which the reasons are looked at. */
public enum Denial {
    /** No key has this secret, or its key is none of the asking company's. All that is told before possession is proven. */
    NOT_FOUND,
    /** The key was deleted. */
    DELETED,
    /** The key is switched off. */
    INACTIVE,
    /** The key has ended by itself. */
    EXPIRED,
    /** The key is bound to addresses and the caller's is not known. */
    IP_REQUIRED,
    /** The key is bound to addresses and the caller's is none of them. */
    IP_NOT_ALLOWED,
    /** The key lacks a scope that the call needs. */
    INSUFFICIENT_SCOPE
}
