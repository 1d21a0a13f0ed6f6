// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Run by benchmarks/against_peers: `time_detect DECODER FILE REPEATS PROMISE` prints the processor time of
/// detect_traces on one thread, seconds, one line a repeat; reading the file is not in it.

#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_traces.hpp"

#include <iostream>
#include <sys/resource.h>

namespace {

double processor_time_s() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: time_detect DECODER FILE REPEATS PROMISE\n";
        return 2;
    }
    try {
        auto const capture =
            cmq::capture::read_capture(argv[2], {.decoder = argv[1], .threads = 1});
        cmq::detect::Settings const settings{
            .false_traces_expected = cmq::parse_number(argv[4]).value_or(0), .threads = 1};
        for (double i = 0; i < cmq::parse_number(argv[3]).value_or(0); ++i) {
            double const before = processor_time_s();
            auto const traces = cmq::detect::detect_traces(capture.frame, settings).traces.size();
            std::cout << cmq::number_text(processor_time_s() - before) << ' ' << traces << '\n';
        }
    } catch (cmq::Error const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
