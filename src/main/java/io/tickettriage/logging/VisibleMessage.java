package io.tickettriage.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.tickettriage.format.VisibleText;

/** {@code %msg} of {@code logback.xml}: the message as one line, so that no text in it can forge another. */
public final class VisibleMessage extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return VisibleText.line(event.getFormattedMessage());
    }
}
