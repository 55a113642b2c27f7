package io.tickettriage.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.tickettriage.format.VisibleText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code %ex} of {@code logback.xml}: the stack trace, in which the message of every exception is one line. */
public final class VisibleThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return super.throwableProxyToString(new OneLine(throwable));
    }

    private record OneLine(IThrowableProxy throwable) implements IThrowableProxy {
        private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable) {
            return throwable == null ? null : new OneLine(throwable);
        }

        @Override
        public @Nullable String getMessage() {
            String message = throwable.getMessage();
            return message == null ? null : VisibleText.line(message);
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(throwable.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy[] suppressed = throwable.getSuppressed();
            return suppressed == null
                    ? null
                    : Arrays.stream(suppressed).map(OneLine::of).toArray(IThrowableProxy[]::new);
        }

        @Override
        public String getClassName() {
            return throwable.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return throwable.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return throwable.getCommonFrames();
        }

        @Override
        public boolean isCyclic() {
            return throwable.isCyclic();
        }
    }
}
