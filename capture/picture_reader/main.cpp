// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque-picture-reader: reads the tags, or the samples, of a file from descriptor 3, writes them to
/// descriptor 4. Started by run_limited_child, which sets its limits; of no use by hand.

#include "capture/picture_reader/answer.hpp"
#include "capture/picture_reader/collect_tags.hpp"
#include "capture/picture_reader/decode_pictures.hpp"
#include "capture/picture_reader/output.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <charconv>
#include <ctime>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using cmq::capture::Bytes;
using cmq::capture::PictureAnswer;
using cmq::capture::ReaderLimits;
using cmq::capture::ReaderStatus;
using cmq::capture::TagAnswer;

constexpr int input = 3;

std::uint32_t number(std::string_view text) noexcept {
    std::uint32_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

bool begins(Bytes file, std::string_view with) noexcept {
    return std::string_view{reinterpret_cast<char const*>(file.data()), file.size()}.starts_with(
        with);
}

void decode(Bytes file, ReaderLimits limits) {
    PictureAnswer answer;
    cmq::capture::put_answer(answer);
    try {
        if (begins(file, "\xff\xd8\xff")) {
            cmq::capture::decode_jpeg(file, limits, answer);
        } else if (begins(file, "\x89PNG\r\n\x1a\n")) {
            cmq::capture::decode_png(file, limits, answer);
        } else if (begins(file, std::string_view{"II*\0", 4}) ||
                   begins(file, std::string_view{"MM\0*", 4})) {
            cmq::capture::decode_tiff(file, limits, answer);
        }
        answer.status = ReaderStatus::not_known;
    } catch (...) { // nothing but memory
        answer.status = ReaderStatus::out_of_memory;
    }
    cmq::capture::put_answer(answer);
}

template <class Answer>
int refuse() noexcept {
    Answer answer;
    answer.status = ReaderStatus::no_filter;
    cmq::capture::put_answer(answer);
    return 0;
}

} // namespace

// usage: contremarque-picture-reader tags|samples MAX_PIXELS
int main(int argc, char* argv[]) {
    if (argc != 3) {
        return 2;
    }
    bool const tags = std::string_view{argv[1]} == "tags";
    // What needs more calls than the filter leaves comes first; no byte of the file is looked at yet.
    ::tzset();

    struct stat facts {};

    if (::fstat(input, &facts) != 0 || facts.st_size <= 0) {
        return 1;
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, input, 0);
    if (bytes == MAP_FAILED) {
        return 1;
    }
    if (tags) {
        cmq::capture::prepare_exiv2();
    }
    if (!cmq::enter_sandbox()) {
        return tags ? refuse<TagAnswer>() : refuse<PictureAnswer>();
    }
    Bytes const file{static_cast<unsigned char const*>(bytes), size};
    ReaderLimits const limits{.pixels = number(argv[2])};
    if (tags) {
        TagAnswer answer;
        cmq::capture::put_answer(answer);
        cmq::capture::collect_tags(file, limits, answer);
    } else {
        decode(file, limits);
    }
    cmq::capture::finish();
}
