package io.tickettriage.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes the connection of a request that is not answered within a time. A limit on idleness alone is met by a client that
 * sends, or reads, a byte now and then. Streams have no end, and are left alone.
 */
final class RequestDeadline extends Handler.Wrapper {
    private final Duration longest;
    private final List<String> streams;

    RequestDeadline(Duration longest, List<String> streams, Handler next) {
        super(next);
        this.streams = streams;
        this.longest = longest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (streams.contains(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        Scheduler.Task end = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> client.close(new TimeoutException("not answered within " + longest)),
                        longest.toMillis(),
                        TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> end.cancel());
        return super.handle(request, response, callback);
    }
}
