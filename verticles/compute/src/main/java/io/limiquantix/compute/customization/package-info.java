/** Customization specs: how guests are set up, kept under a name to be used again. */
@org.jspecify.annotations.NullMarked
package io.limiquantix.compute.customization;
