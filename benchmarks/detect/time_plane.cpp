// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Run by benchmarks/against_peers: `time_plane FITS BLACK GAIN READ_NOISE PROMISE REPEATS CATALOGUE` finds the
/// traces of a picture of 16 bits on one thread, writes them, and prints the processor time of detect_plane alone,
/// seconds, one line a repeat. Reads what the script writes: one header block, big-endian signed values.

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_plane.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <vector>

namespace {

double processor_time_s() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Picture {
    cmq::Shape shape;
    std::unique_ptr<float, void (*)(void*)> value{nullptr,
                                                  &std::free}; // not set to 0 before it is filled
};

std::ptrdiff_t card(std::string const& header, std::string const& name) {
    auto const at = header.find(name);
    return at == std::string::npos ? 0 : std::stol(header.substr(at + 10, 20));
}

Picture read_fits(char const* path, float black) {
    std::unique_ptr<FILE, int (*)(FILE*)> const file{std::fopen(path, "rb"), &std::fclose};
    std::string header(2880, ' ');
    if (!file || std::fread(header.data(), 1, header.size(), file.get()) != header.size() ||
        card(header, "BITPIX") != 16) {
        throw cmq::Error{cmq::ErrorKind::format, {"fichier illisible", "not a picture of 16 bits"}};
    }
    Picture picture;
    picture.shape = {card(header, "NAXIS2"), card(header, "NAXIS1")};
    auto const width = static_cast<std::size_t>(picture.shape.width);
    // In pages of 2 MiB: the picture is touched once, and small pages cost more than its values.
    constexpr std::size_t page = std::size_t{1} << 21;
    std::size_t const bytes =
        (static_cast<std::size_t>(picture.shape.area()) * sizeof(float) + page - 1) / page * page;
    picture.value.reset(static_cast<float*>(std::aligned_alloc(page, bytes)));
    ::madvise(picture.value.get(), bytes, MADV_HUGEPAGE);
    std::vector<std::uint16_t> words(width);
    float* out = picture.value.get();
    for (std::ptrdiff_t y = 0; y < picture.shape.height; ++y) {
        if (std::fread(words.data(), 2, width, file.get()) != width) {
            throw cmq::Error{cmq::ErrorKind::format, {"fichier trop court", "file ends early"}};
        }
        for (std::size_t x = 0; x < width; ++x) {
            unsigned const word = words[x];
            auto const value = static_cast<std::int16_t>((word >> 8) | (word << 8));
            out[x] = static_cast<float>(value) - black;
        }
        out += width;
    }
    return picture;
}

void write(cmq::detect::PlaneDetection const& detection, char const* path) {
    std::ofstream out{path};
    out << "x,y,flux,flux_sigma,snr\n";
    for (auto const& trace : detection.traces) {
        out << cmq::number_text(trace.x) << ',' << cmq::number_text(trace.y) << ','
            << cmq::number_text(trace.flux_dn) << ',' << cmq::number_text(trace.flux_dn_sigma)
            << ',' << cmq::number_text(trace.snr) << '\n';
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 8) {
        std::cerr << "usage: time_plane FITS BLACK GAIN READ_NOISE PROMISE REPEATS CATALOGUE\n";
        return 2;
    }
    auto const number = [argv](int i) { return cmq::parse_number(argv[i]).value_or(0.0); };
    try {
        Picture const picture = read_fits(argv[1], static_cast<float>(number(2)));
        cmq::detect::PlaneSettings settings;
        settings.noise = {number(4), number(3), 0.0};
        settings.false_traces_expected = number(5);
        settings.threads = 1;
        for (int i = 0; i < static_cast<int>(number(6)); ++i) {
            double const before = processor_time_s();
            auto const detection = cmq::detect::detect_plane(
                {picture.value.get(), picture.shape, picture.shape.width}, settings);
            std::cout << cmq::number_text(processor_time_s() - before) << '\n';
            if (i == 0) {
                write(detection, argv[7]);
            }
        }
    } catch (cmq::Error const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
