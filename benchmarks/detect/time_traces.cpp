// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `time_traces DECODER REPEATS FILE...` prints a table: what each step from file to trace table costs beside LibRaw's bare
/// open and unpack of the same bytes in this process, on one thread and on two. Medians of REPEATS rounds in which every
/// step runs once; processor time (user and system, of this process and of its ended children) and time that passes.
/// "bytes to table" is all of it, large areas included. Reading the file is in neither: both sides begin with its bytes in
/// memory.
///
/// `time_traces folder DECODER FILES FILE...` takes each file FILES times from bytes to traces, two at a time and in order,
/// on two cores: time that passes, beside that of one thread which unpacks as often with bare LibRaw. Says something
/// on an idle machine only.
///
/// A FILE may be simulated:MEGAPIXELS:none or simulated:MEGAPIXELS:lossless-jpeg.

#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_traces.hpp"
#include "detect/large_area.hpp"
#include "system/in_order.hpp"
#include "system/keep_memory.hpp"

#include <libraw/libraw.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include "benchmarks/capture/measure_cost.hpp"

namespace {

using namespace cmq;

struct Times {
    double used = 0.0;   // processor time, s
    double passed = 0.0; // s
};

double passing_time_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Times now() {
    return {benchmarks::processor_time_s(), passing_time_s()};
}

// What each named step took, round by round.
class Steps {
public:
    void add(std::string const& name, Times const& before, Times const& after) {
        if (!steps_.contains(name)) {
            order_.push_back(name);
        }
        steps_[name].first.push_back(after.used - before.used);
        steps_[name].second.push_back(after.passed - before.passed);
    }

    [[nodiscard]] Times median(std::string const& name) const {
        auto const& [used, passed] = steps_.at(name);
        return {middle(used), middle(passed)};
    }

    [[nodiscard]] std::vector<std::string> const& names() const { return order_; }

private:
    [[nodiscard]] static double middle(std::vector<double> values) {
        std::ranges::sort(values);
        return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
    }

    std::vector<std::string> order_;
    std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> steps_;
};

std::string right(std::string const& text) {
    return std::string(text.size() < 10 ? 10 - text.size() : 1, ' ') + text;
}

void unpack_bare(std::vector<std::byte> const& bytes) {
    auto const raw = std::make_unique<LibRaw>();
    auto* const first = const_cast<std::byte*>(bytes.data()); // LibRaw's old interface
    if (raw->open_buffer(first, bytes.size()) != LIBRAW_SUCCESS ||
        raw->unpack() != LIBRAW_SUCCESS) {
        throw Error{ErrorKind::format, Sentence::verbatim("LibRaw refuses the file")};
    }
}

// Detection by what it reports: the time from each report to the next belongs to the step that the first names.
detect::Detection detect_in_steps(Frame const& frame, unsigned threads, Steps& steps) {
    std::string doing;
    Times before;
    Progress progress;
    progress.report = [&](double, Sentence const& step) {
        Times const here = now();
        if (!doing.empty()) {
            steps.add("  " + doing, before, here);
        }
        doing = step.english();
        before = now();
    };
    auto detection = detect::detect_traces(frame, {.threads = threads}, progress);
    steps.add("  " + doing, before, now());
    return detection;
}

void one_round(std::vector<std::byte> const& bytes,
               capture::ReadSettings const& settings,
               Steps& steps,
               std::size_t& traces) {
    auto own_bytes = bytes; // read_capture has them of its own
    Times const start = now();
    unpack_bare(bytes);
    Times const unpacked = now();
    auto const capture = to_capture(std::move(own_bytes), "benchmark", settings);
    Times const read = now();
    auto const detection = detect_in_steps(capture.frame, settings.threads, steps);
    Times const detected = now();
    static_cast<void>(find_large_areas(capture.frame, detection, settings.threads));
    Times const looked = now();
    auto const table = to_table(detection);
    Times const end = now();
    steps.add("LibRaw open and unpack", start, unpacked);
    steps.add("to_capture", unpacked, read);
    steps.add("detect_traces", read, detected);
    steps.add("find_large_areas", detected, looked);
    steps.add("bytes to table", unpacked, end);
    traces = table.rows();
}

void time_file(std::string const& name, capture::ReadSettings const& on_one, std::size_t repeats) {
    auto settings = on_one;
    auto const bytes = benchmarks::read_or_simulate(name);
    double const megapixels =
        1e-6 * static_cast<double>(to_capture(bytes, "benchmark", on_one).frame.shape.area());
    for (unsigned const threads : {1U, 2U}) {
        settings.threads = threads;
        Steps steps;
        std::size_t traces = 0;
        for (std::size_t turn = 0; turn < repeats; ++turn) {
            one_round(bytes, settings, steps, traces);
        }
        Times const bare = steps.median("LibRaw open and unpack");
        std::cout << name << ": " << fixed_text(megapixels, 2) << " megapixels, " << traces
                  << " traces, " << threads << " threads\n"
                  << "                                ns a px  x unpack  passing, ns  x unpack\n";
        for (std::string const& step : steps.names()) {
            Times const time = steps.median(step);
            std::cout << "  " << step << std::string(step.size() < 28 ? 28 - step.size() : 1, ' ')
                      << right(fixed_text(1e3 * time.used / megapixels, 2))
                      << right(fixed_text(time.used / bare.used, 3))
                      << right(fixed_text(1e3 * time.passed / megapixels, 2))
                      << right(fixed_text(time.passed / bare.passed, 3)) << '\n';
        }
        std::cout << '\n';
    }
}

void time_folder(std::string const& name,
                 capture::ReadSettings const& settings,
                 std::size_t files) {
    auto const bytes = benchmarks::read_or_simulate(name);
    double const megapixels =
        1e-6 * static_cast<double>(files) *
        static_cast<double>(to_capture(bytes, "benchmark", settings).frame.shape.area());
    auto const unpack_some = [&](std::size_t count) {
        Times const start = now();
        for (std::size_t i = 0; i < count; ++i) {
            unpack_bare(bytes);
        }
        Times const end = now();
        return Times{end.used - start.used, end.passed - start.passed};
    };
    std::vector<std::vector<std::byte>> own_bytes(files, bytes);
    // Half before and half after: what else the machine does changes.
    Times const first = unpack_some(files / 2);
    Times const before = now();
    InOrder<Table> tables{
        files, 2, [&](std::size_t file) {
            auto const capture = to_capture(std::move(own_bytes[file]), "benchmark", settings);
            auto const detection =
                detect::detect_traces(capture.frame, {.threads = settings.threads});
            static_cast<void>(find_large_areas(capture.frame, detection, settings.threads));
            return to_table(detection);
        }};
    for (std::size_t i = 0; i < files; ++i) {
        static_cast<void>(tables.next());
    }
    Times const end = now();
    Times const last = unpack_some(files - files / 2);
    double const bare = first.passed + last.passed;
    double const together = end.passed - before.passed;
    std::cout << name << ", " << files
              << " times\n  bare unpack, one thread: " << fixed_text(megapixels / bare, 1)
              << " MP/s, " << fixed_text(1e3 * (first.used + last.used) / megapixels, 2)
              << " ns a px of processor time\n  bytes to tables, areas too, two at a time: "
              << fixed_text(megapixels / together, 1) << " MP/s, "
              << fixed_text(1e3 * (end.used - before.used) / megapixels, 2)
              << " ns a px of processor time, on "
              << fixed_text((end.used - before.used) / together, 2)
              << " cores\n  rate by rate: " << fixed_text(bare / together, 2) << '\n';
}

} // namespace

int main(int argc, char** argv) {
    std::span<char*> words{argv, static_cast<std::size_t>(argc)};
    bool const folder = words.size() > 1 && std::string_view{words[1]} == "folder";
    words = words.subspan(folder ? 1 : 0);
    auto const count = words.size() > 3 ? parse_number(words[2]) : std::nullopt;
    if (!(count.value_or(0) >= 1)) {
        std::cerr << "usage: time_traces DECODER REPEATS FILE...\n"
                     "       time_traces folder DECODER FILES FILE...\n";
        return 2;
    }
    try {
        capture::ReadSettings const settings{.decoder = words[1], .threads = 1};
        keep_freed_memory(); // as contremarque does
        for (char const* file : words.subspan(3)) {
            (folder ? time_folder : time_file)(file, settings, static_cast<std::size_t>(*count));
        }
    } catch (Error const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
