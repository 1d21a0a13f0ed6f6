// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Run by benchmarks/against_peers: `time_plane FITS BLACK GAIN READ_NOISE PROMISE REPEATS CATALOGUE` finds the
/// traces of a picture of 16 bits on one thread, writes them, and prints the processor time of detect_plane alone,
/// seconds, one line a repeat. Reads what the script writes: one header block, big-endian signed values.

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_plane.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
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

// The file in the memory of the system's file cache: what is read once need not be copied before.
struct Mapping {
    explicit Mapping(char const* path) {
        int const file = ::open(path, O_RDONLY | O_CLOEXEC);

        struct stat status {};

        if (file >= 0 && ::fstat(file, &status) == 0) {
            size = static_cast<std::size_t>(status.st_size);
            bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
        }
        if (file >= 0) {
            ::close(file);
        }
    }

    Mapping(Mapping const&) = delete;
    Mapping& operator=(Mapping const&) = delete;

    ~Mapping() {
        if (bytes != MAP_FAILED) {
            ::munmap(bytes, size);
        }
    }

    void* bytes = MAP_FAILED;
    std::size_t size = 0;
};

Picture read_fits(char const* path, float black) {
    constexpr std::size_t header_bytes = 2880;
    Mapping const file{path};
    if (file.bytes == MAP_FAILED || file.size < header_bytes) {
        throw cmq::Error{cmq::ErrorKind::format, {"fichier illisible", "not a readable file"}};
    }
    auto const* const first = static_cast<std::uint8_t const*>(file.bytes);
    std::string const header(first, first + header_bytes);
    Picture picture;
    picture.shape = {card(header, "NAXIS2"), card(header, "NAXIS1")};
    auto const count = static_cast<std::size_t>(picture.shape.area());
    if (card(header, "BITPIX") != 16 || (file.size - header_bytes) / 2 < count) {
        throw cmq::Error{cmq::ErrorKind::format,
                         {"image de 16 bits attendue, entière", "not a whole picture of 16 bits"}};
    }
    // In pages of 2 MiB: the picture is touched once, and small pages cost more than its values.
    constexpr std::size_t page = std::size_t{1} << 21;
    std::size_t const bytes = (count * sizeof(float) + page - 1) / page * page;
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the owner is the pointer it goes into
    picture.value.reset(static_cast<float*>(std::aligned_alloc(page, bytes)));
    ::madvise(picture.value.get(), bytes, MADV_HUGEPAGE);
    float* const out = picture.value.get();
    for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t word = 0;
        std::memcpy(&word, first + header_bytes + 2 * i, sizeof word);
        out[i] = static_cast<float>(static_cast<std::int16_t>(__builtin_bswap16(word))) - black;
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
