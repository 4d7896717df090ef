package dev.keywright.application;

import dev.keywright.application.PageRequest.Start;
import dev.keywright.domain.ApiKey;
import java.util.List;
import java.util.Optional;

/**
 * A part of a company's keys, all of one snapshot.
 *
 * @param keys newest first
 * @param total how many keys of the company match the filter
 * @param previous where the page right before begins; empty where no newer key matches
 * @param next where the page right after begins; empty where no older key matches
 */
public record KeyPage(List<ApiKey> keys, long total, Optional<Start> previous, Optional<Start> next) {

    public KeyPage {
        keys = List.copyOf(keys);
    }
}
