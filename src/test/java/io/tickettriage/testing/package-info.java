/** What several packages' tests share: a broker. */
@NullMarked
package io.tickettriage.testing;

import org.jspecify.annotations.NullMarked;
