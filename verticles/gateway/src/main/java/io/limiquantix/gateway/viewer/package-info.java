/** Screens of VMs for viewers outside of the browser, which speak RFB over TLS (RFC 6143, VeNCrypt). */
@NullMarked
package io.limiquantix.gateway.viewer;

import org.jspecify.annotations.NullMarked;
