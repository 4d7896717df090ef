package dev.keywright.bootstrap;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer up to a size; a larger one fails, and the rest of it is not taken. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private @Nullable Subscription subscription;
    private long room;

    /**
     * Begins with nothing.
     *
     * @param most the most bytes that are taken
     */
    BoundedBody(long most) {
        this.room = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        bytes.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        room -= more.stream().mapToLong(ByteBuffer::remaining).sum();
        if (room >= 0) {
            bytes.onNext(more);
            return;
        }
        if (subscription != null) {
            subscription.cancel();
        }
        bytes.onError(new TooLargeException());
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }

    /** The answer has more bytes than are taken. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
