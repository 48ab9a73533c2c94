/** Domains in our own words: what is defined, what libvirt says of them, and the XML between the two. */
@NullMarked
package io.limiquantix.host.domain;

import org.jspecify.annotations.NullMarked;
