// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `time_capture DECODER REPEATS FILE...` prints a table: what each step from file to frame costs beside LibRaw's
/// bare open and unpack of the same bytes in this process. Processor time (user and system, of this process and of
/// its ended children) of one thread, medians of REPEATS rounds in which every step runs once.
///
/// `time_capture folder DECODER FILES FILE...` reads each file FILES times, two at a time and in order, on two cores: time
/// that passes, beside that of one thread which unpacks as often with bare LibRaw. Says something on an idle machine only.
///
/// `time_capture memory DECODER FILE` prints the growth of this process's memory while it reads the file, in bytes a
/// photosite: peak of the whole process, its first work.
///
/// A FILE may be simulated:MEGAPIXELS:none or simulated:MEGAPIXELS:lossless-jpeg.

#include "capture/check_container.hpp"
#include "capture/correct_frame.hpp"
#include "capture/decode.hpp"
#include "capture/estimate_noise.hpp"
#include "capture/make_frame.hpp"
#include "capture/mark_blooming.hpp"
#include "capture/mark_defects.hpp"
#include "capture/measure_levels.hpp"
#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/file.hpp"
#include "system/in_order.hpp"
#include "system/keep_memory.hpp"
#include "system/sha256.hpp"

#include <libraw/libraw.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <span>

#include "benchmarks/capture/measure_cost.hpp"

namespace {

using namespace cmq;
using namespace cmq::capture;

/// Everything to_capture does, one step after another, so that each can be timed. Levels are those that the file
/// states: which ones are used changes no cost.
class Steps {
public:
    Steps(std::vector<std::byte> const& bytes, ReadSettings settings)
        : bytes_{bytes}
        , settings_{std::move(settings)} {}

    void unpack_bare() {
        auto const raw = std::make_unique<LibRaw>();
        auto* const first = const_cast<std::byte*>(bytes_.data()); // LibRaw's old interface
        if (raw->open_buffer(first, bytes_.size()) != LIBRAW_SUCCESS ||
            raw->unpack() != LIBRAW_SUCCESS) {
            throw Error{ErrorKind::format, Sentence::verbatim("LibRaw refuses the file")};
        }
    }

    void check() { static_cast<void>(check_container(bytes_)); }

    void hash() { static_cast<void>(sha256_hex(bytes_)); }

    void decode() { decoded_ = std::make_unique<Decoded>(capture::decode(bytes_, settings_)); }

    void find_levels() {
        Answer const& answer = decoded_->answer;
        visible_ = {answer.top_margin,
                    answer.left_margin,
                    static_cast<std::ptrdiff_t>(answer.top_margin) + answer.height,
                    static_cast<std::ptrdiff_t>(answer.left_margin) + answer.width};
        constexpr std::string_view letters = "RGB";
        std::string name;
        for (std::uint8_t const colour : answer.colours) {
            name += letters[colour];
        }
        cfa_ = shift_cfa(make_cfa(name), answer.top_margin, answer.left_margin);
        levels_.black_dn = answer.black; // by place and not by plane: no cost depends on it
        auto const counts = count_values(decoded_->plane(), visible_, cfa_, 1);
        for (std::size_t p = 0; p < plane_count; ++p) {
            levels_.saturation[p] = find_saturation(counts[p], answer.maximum);
        }
    }

    void find_noise() {
        noise_ =
            estimate_noise(make_sample(decoded_->plane(), visible_, cfa_, levels_, 8192), 1).model;
    }

    void fill_frame() {
        frame_ = {}; // its memory is used again
        frame_ = make_frame(decoded_->plane(), visible_, cfa_, levels_, noise_, 1);
    }

    void find_defects() {
        static_cast<void>(mark_defects(frame_, 1));
        static_cast<void>(mark_blooming(frame_, 1));
    }

    /// What apply_profile does to each photosite: a dark and a flat map, even ones.
    void apply_maps() {
        dark_.resize(frame_.value.size());
        flat_.resize(frame_.value.size(), 1.0F);
        correct_frame({.dark_dn = dark_, .flat = flat_}, frame_, 1);
    }

    void all() { static_cast<void>(to_capture(bytes_, "benchmark", settings_)); }

    [[nodiscard]] double megapixels() const {
        return 1e-6 * static_cast<double>(decoded_->answer.raw_height) * decoded_->answer.raw_width;
    }

private:
    std::vector<std::byte> const& bytes_;
    ReadSettings settings_;
    std::unique_ptr<Decoded> decoded_;
    Area visible_;
    Cfa cfa_;
    Levels levels_;
    NoiseModel noise_;
    Frame frame_;
    std::vector<float> dark_;
    std::vector<float> flat_;
};

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

std::string cell(double value, int decimals) {
    std::string const text = fixed_text(value, decimals);
    return std::string(text.size() < 10 ? 10 - text.size() : 1, ' ') + text;
}

struct Step {
    std::string name;
    std::function<void()> run;
    std::vector<double> seconds;
};

void print_line(std::string const& name, double seconds, double bare, double megapixels) {
    std::cout << "  " << name << std::string(name.size() < 26 ? 26 - name.size() : 1, ' ')
              << cell(1e3 * seconds, 1) << cell(1e3 * seconds / megapixels, 2)
              << cell(seconds / bare, 3) << cell(megapixels / seconds, 0) << '\n';
}

void time_file(std::string const& name, ReadSettings const& settings, std::size_t repeats) {
    auto const bytes = benchmarks::read_or_simulate(name);
    Steps steps{bytes, settings};
    std::vector<Step> all{{"LibRaw open and unpack", [&] { steps.unpack_bare(); }, {}},
                          {"container", [&] { steps.check(); }, {}},
                          {"hash", [&] { steps.hash(); }, {}},
                          {"decoder program", [&] { steps.decode(); }, {}},
                          {"levels", [&] { steps.find_levels(); }, {}},
                          {"noise", [&] { steps.find_noise(); }, {}},
                          {"values, variance, mask", [&] { steps.fill_frame(); }, {}},
                          {"defects", [&] { steps.find_defects(); }, {}},
                          {"dark and flat of a profile", [&] { steps.apply_maps(); }, {}},
                          {"to_capture, everything", [&] { steps.all(); }, {}}};
    for (std::size_t turn = 0; turn < repeats; ++turn) {
        for (Step& step : all) {
            double const before = benchmarks::processor_time_s();
            step.run();
            step.seconds.push_back(benchmarks::processor_time_s() - before);
        }
    }
    double const megapixels = steps.megapixels();
    std::vector<double> medians;
    for (Step const& step : all) {
        medians.push_back(median(step.seconds));
    }
    double const bare = medians[0];
    double const hash = medians[2];
    double const sandbox = medians[3] - bare;
    double const whole = medians.back();
    std::cout << name << ": " << fixed_text(megapixels, 2) << " megapixels, "
              << fixed_text(8e-6 * static_cast<double>(bytes.size()) / megapixels, 2)
              << " bits a photosite\n"
              << "                                    ms   ns a px  x unpack      MP/s\n";
    for (std::size_t i = 0; i < all.size(); ++i) {
        print_line(all[i].name, medians[i], bare, megapixels);
    }
    print_line("sandbox", sandbox, bare, megapixels);
    print_line("without hash and sandbox", whole - hash - sandbox, bare, megapixels);
    double steps_alone = bare + medians[1];
    for (std::size_t i = 4; i + 2 < all.size(); ++i) {
        steps_alone += medians[i];
    }
    print_line("unpack and steps, summed", steps_alone, bare, megapixels);
    print_line("... with dark and flat", steps_alone + medians[8], bare, megapixels);
    std::cout << '\n';
}

double passing_time_s(std::function<void()> const& work) {
    auto const before = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

void time_folder(std::string const& name, ReadSettings const& settings, std::size_t files) {
    auto const bytes = benchmarks::read_or_simulate(name);
    Steps steps{bytes, settings};
    steps.decode();
    double const megapixels = steps.megapixels() * static_cast<double>(files);
    double const bare = passing_time_s([&] {
        for (std::size_t i = 0; i < files; ++i) {
            steps.unpack_bare();
        }
    });
    double const before = benchmarks::processor_time_s();
    double const together = passing_time_s([&] {
        InOrder<Capture> captures{
            files, 2, [&](std::size_t) { return to_capture(bytes, "benchmark", settings); }};
        for (std::size_t i = 0; i < files; ++i) {
            static_cast<void>(captures.next());
        }
    });
    double const used = benchmarks::processor_time_s() - before;
    std::cout << name << ", " << files << " times: bare unpack, one thread "
              << fixed_text(megapixels / bare, 1) << " MP/s; captures, two at a time "
              << fixed_text(megapixels / together, 1) << " MP/s, ratio "
              << fixed_text(bare / together, 2) << ", processor time used "
              << fixed_text(used / together, 2) << " cores\n";
}

void measure_memory(std::string const& name, ReadSettings const& settings) {
    auto const bytes = benchmarks::read_or_simulate(name);
    std::ptrdiff_t photosites = 0;
    double const growth = benchmarks::peak_growth_bytes(
        [&] { photosites = to_capture(bytes, "benchmark", settings).raw_shape.area(); });
    std::cout << name << ": " << fixed_text(growth / static_cast<double>(photosites), 2)
              << " bytes a photosite\n";
}

} // namespace

int main(int argc, char** argv) {
    std::span<char*> words{argv, static_cast<std::size_t>(argc)};
    std::string_view const mode = words.size() > 1 ? words[1] : "";
    bool const steps = mode != "folder" && mode != "memory";
    words = words.subspan(steps || words.empty() ? 0 : 1);
    bool const counted = mode != "memory";
    auto const count = counted && words.size() > 3 ? parse_number(words[2]) : std::nullopt;
    if (words.size() < 3 || (counted && !(count.value_or(0) >= 1))) {
        std::cerr << "usage: time_capture DECODER REPEATS FILE...\n"
                     "       time_capture folder DECODER FILES FILE...\n"
                     "       time_capture memory DECODER FILE\n";
        return 2;
    }
    ReadSettings const settings{.decoder = words[1], .threads = 1};
    try {
        if (!counted) {
            measure_memory(words[2], settings);
            return 0;
        }
        keep_freed_memory(); // as contremarque does
        for (char const* file : words.subspan(3)) {
            (steps ? time_file : time_folder)(file, settings, static_cast<std::size_t>(*count));
        }
    } catch (Error const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
