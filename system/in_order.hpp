// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Long pieces of work, a few at a time, whose results are taken in order.

#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <utility>

namespace cmq {

/// Results of work(0), work(1), ... work(count - 1), each worked out on a thread of its own before it is asked for.
/// At most at_once of them are begun and not taken yet, so no more than that are held in memory; with 1 there are no
/// threads. What is taken, and which error comes first, does not depend on timing.
template <class Result>
class InOrder {
public:
    /// \param work  may be called from several threads at once
    /// \pre at_once > 0
    InOrder(std::size_t count, std::size_t at_once, std::function<Result(std::size_t)> work)
        : count_{count}
        , at_once_{at_once}
        , work_{std::move(work)} {
        CMQ_EXPECTS(at_once > 0);
    }

    InOrder(InOrder const&) = delete;
    InOrder& operator=(InOrder const&) = delete;
    InOrder(InOrder&&) = delete;
    InOrder& operator=(InOrder&&) = delete;
    ~InOrder() = default; // waits for what has begun

    /// The next result; throws what its work threw, and the one after it can still be taken.
    /// \pre fewer than count were taken
    [[nodiscard]] Result next() {
        CMQ_EXPECTS(begun_ < count_ || !waiting_.empty());
        if (at_once_ == 1) {
            return work_(begun_++);
        }
        begin_more();
        std::future<Result> first = std::move(waiting_.front());
        waiting_.pop_front();
        first.wait();
        begin_more(); // works on while the caller uses this one
        return first.get();
    }

private:
    void begin_more() {
        while (begun_ < count_ && waiting_.size() < at_once_) {
            waiting_.push_back(
                std::async(std::launch::async, [this, i = begun_] { return work_(i); }));
            ++begun_;
        }
    }

    std::size_t count_;
    std::size_t at_once_;
    std::size_t begun_ = 0;
    std::function<Result(std::size_t)> work_;
    std::deque<std::future<Result>> waiting_;
};

} // namespace cmq
