// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `time_notes [CAPTURES [TRACES [LENGTH]]]` makes a case of so many captures (200; half of them blanks) and traces (5 000) in
/// memory, and prints what its notes cost in both languages and all formats: processor time, size, and the peak of the
/// process's memory. LENGTH: summary, report (the default), annex. Pictures of 450 x 300 pixels hold noise, which no
/// compression makes small. The figures of docs/studies/report_speed.md.

#include "apps/pipeline/make_notes.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "core/number_text.hpp"
#include "render/renderer.hpp"
#include "tests/report/fixture.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace cmq;

double cpu_seconds(rusage const& usage) {
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

rusage usage_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

report::FramePicture noise_picture(report::FramePicture like, std::uint64_t seed) {
    like.pixels = {.width = 450, .height = 300, .rgb = {}};
    for (int i = 0; i < 450 * 300 * 3; ++i) { // Knuth, MMIX: its high bits
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        // Four of 16 levels together: near to a normal distribution of 9 levels, as a dark picture has.
        auto const nibble = [seed](unsigned shift) { return (seed >> shift) & 15U; };
        like.pixels.rgb.push_back(
            static_cast<std::uint8_t>(30U + nibble(60) + nibble(56) + nibble(52) + nibble(48)));
    }
    return like;
}

report::NoteInput make_large(std::size_t captures, std::size_t traces) {
    report::NoteInput input = report::fixture::make_input();
    auto const evidence = input.file.captures[0];
    auto const blank = input.file.captures[1];
    report::NoteCapture const read = input.captures[0];
    report::NoteDetection const detection = input.detections[0];
    input.file.captures.clear();
    input.captures.clear();
    input.detections.clear();
    std::size_t const pairs = captures / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
        std::string const name = std::to_string(i + 1);
        for (auto const* like : {&evidence, &blank}) {
            auto capture = *like;
            capture.id.value = (like == &evidence ? "c" : "b") + name;
            capture.file.value = *capture.id + ".dng";
            input.file.captures.push_back(capture);
            input.captures.push_back(read);
            input.captures.back().id = *capture.id;
        }
        report::NoteDetection found = detection;
        found.capture = "c" + name;
        auto const like = found.detection.traces.front();
        found.detection.traces.clear();
        found.colours.clear();
        for (std::size_t trace = 0; trace < traces / pairs; ++trace) {
            found.detection.traces.push_back(like);
            found.detection.traces.back().id = static_cast<std::int64_t>(trace + 1);
            found.detection.traces.back().x = 10.0 + 5.0 * static_cast<double>(trace % 50);
            found.detection.traces.back().y = 10.0 + 3.0 * static_cast<double>(trace / 50);
        }
        found.views = {{found.capture, noise_picture(detection.views.front().picture, i)}};
        found.neighbours = {{"b" + name, noise_picture(detection.views.front().picture, i + 1000)}};
        input.detections.push_back(std::move(found));
    }
    for (auto& finding : input.findings) {
        if (!finding.captures.empty()) {
            finding.captures = {"c1"};
        }
    }
    input.blanks.clear();
    return input;
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const captures =
        argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 200; // NOLINT(cert-err34-c)
    std::size_t const traces =
        argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 5000; // NOLINT(cert-err34-c)
    std::string_view const word = argc > 3 ? argv[3] : "report";
    report::Length const length = word == "summary" ? report::Length::summary
                                  : word == "annex" ? report::Length::annex
                                                    : report::Length::report;
    auto const out =
        std::filesystem::temp_directory_path() / ("time_notes_" + std::to_string(::getpid()));
    auto const input = make_large(captures, traces);
    auto const before = usage_now();
    // To the disk, as the program does it: the peak of memory is that of a run.
    pipeline::OutputFolder folder{out};
    pipeline::make_notes(input,
                         {.lengths = {length}},
                         render::make_renderer(),
                         {.begin = [&](std::string const& name) { folder.begin(name); },
                          .add = [&](std::span<std::byte const> part) { folder.add(part); }});
    folder.write_manifest();
    auto const after = usage_now();
    std::cout << captures << " captures, " << traces << " traces, " << word << ", both languages\n";
    for (auto const& file : folder.files()) {
        std::cout << "  " << file.filename().string() << ": "
                  << std::filesystem::file_size(file) / 1000 << " kB\n";
    }
    std::cout << "  processor time: " << cpu_seconds(after) - cpu_seconds(before) << " s\n"
              << "  peak memory of the process: " << after.ru_maxrss / 1000
              << " MB, of which before: " << before.ru_maxrss / 1000 << " MB\n";
    std::filesystem::remove_all(out);
}
