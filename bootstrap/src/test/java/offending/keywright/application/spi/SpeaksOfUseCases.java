package offending.keywright.application.spi;

import dev.keywright.application.Caller;

public interface SpeaksOfUseCases {
    void by(Caller caller);
}
