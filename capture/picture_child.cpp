// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_child.hpp"

#include "capture/picture_reader/answer.hpp"

namespace cmq::capture {
namespace {

constexpr std::uintmax_t megabyte = 1'000'000;

} // namespace

ChildLimits
picture_limits(std::size_t file_bytes, PictureSettings const& settings, ReaderTask task) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{
        file_bytes < megabyte ? 3 : 10 + static_cast<long>(file_bytes / (10 * megabyte))};
    // Other programs may hold the processor; this only ends what sleeps for ever.
    limits.wall = 20 * limits.cpu;
    std::uintmax_t const pixels = settings.max_pixels;
    limits.output_bytes = task == ReaderTask::tags ? tag_records_offset + most_tag_bytes
                                                   : samples_offset + 6 * pixels;
    // The program and its libraries; the file, copies of its blocks of data; a whole interlaced or progressive picture.
    limits.address_space_bytes = 400 * megabyte + 4 * std::uintmax_t{file_bytes} +
                                 (task == ReaderTask::tags ? pixels : 7 * pixels);
    return limits;
}

ChildResult run_picture_reader(std::span<std::byte const> bytes,
                               PictureSettings const& settings,
                               ReaderTask task) {
    ChildResult result = run_limited_child(
        settings.reader,
        {task == ReaderTask::tags ? "tags" : "samples", std::to_string(settings.max_pixels)},
        bytes,
        picture_limits(bytes.size(), settings, task));
    if (result.end == ChildEnd::exited && result.code != 0) {
        throw Error{ErrorKind::internal,
                    {"le programme de lecture des images n’a pas répondu (statut {})",
                     "the picture reader program gave no answer (status {})"},
                    result.code};
    }
    return result;
}

void refuse_without_filter() {
    throw Error{ErrorKind::unsupported,
                {"cette machine refuse le filtre d’appels système (seccomp) sous lequel les "
                 "fichiers reçus sont décodés ; rien n’a donc été lu",
                 "this machine refuses the filter of system calls (seccomp) under which foreign "
                 "files are decoded, so nothing was read"}};
}

void refuse_other_version() {
    throw Error{ErrorKind::internal,
                {"le programme de lecture des images ne correspond pas à ce programme ; installer "
                 "les deux dans la même version",
                 "the picture reader program does not fit this program; install both from one "
                 "version"}};
}

} // namespace cmq::capture
