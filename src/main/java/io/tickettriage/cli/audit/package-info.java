@NullMarked
package io.tickettriage.cli.audit;

import org.jspecify.annotations.NullMarked;
