// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/unpack_text.hpp"

#include "core/error.hpp"
#include "lab/code/reader/answer.hpp"
#include "system/limited_child.hpp"

#include <chrono>
#include <cstring>

namespace cmq::lab {
namespace {

ChildLimits limits_for(std::size_t bytes) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{10 + static_cast<long>(bytes / 5'000'000)};
    limits.wall = 20 * limits.cpu;
    limits.address_space_bytes = std::uintmax_t{512} << 20U; // htslib holds one block at a time
    return limits;
}

[[noreturn]] void refuse(ReaderStatus status) {
    switch (status) {
    case ReaderStatus::no_qualities:
        throw Error{ErrorKind::unsupported,
                    {"ce fichier BAM ne donne pas la qualité de chaque base",
                     "this BAM file has no qualities of its bases"}};
    case ReaderStatus::no_filter:
        throw Error{ErrorKind::unsupported,
                    {"cette machine refuse le filtre d’appels système (seccomp) sous lequel ce "
                     "fichier est lu ; rien n’a donc été lu",
                     "this machine refuses the filter of system calls (seccomp) under which this "
                     "file is read, so nothing was read"}};
    case ReaderStatus::done:
    case ReaderStatus::broken:
        break;
    }
    throw Error{ErrorKind::format,
                {"fichier endommagé ou coupé", "the file is damaged or cut short"}};
}

} // namespace

bool is_packed(std::span<std::byte const> bytes) noexcept {
    return bytes.size() > 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

std::string unpack_text(std::span<std::byte const> bytes, std::filesystem::path const& reader) {
    if (!is_packed(bytes)) {
        return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    }
    return unpack_in_child(bytes, reader, {});
}

std::string unpack_in_child(std::span<std::byte const> bytes,
                            std::filesystem::path const& reader,
                            std::vector<std::string> const& arguments) {
    ChildResult const result =
        run_limited_child(reader, arguments, bytes, limits_for(bytes.size()));
    if (result.end == ChildEnd::limit) {
        throw Error{
            ErrorKind::limits,
            {"la lecture n’a pas abouti dans ses limites (1 Gio une fois décomprimé), comme "
             "il arrive avec des fichiers endommagés ou piégés",
             "reading did not end within its limits (1 GiB once unpacked), as happens with "
             "damaged or hostile files"}};
    }
    auto const output = result.output.bytes();
    ReaderAnswer head;
    if (result.end != ChildEnd::exited || result.code != 0 || output.size() < sizeof head) {
        refuse(ReaderStatus::broken);
    }
    std::memcpy(&head, output.data(), sizeof head);
    if (head.magic != reader_magic || head.status != ReaderStatus::done) {
        refuse(head.magic == reader_magic ? head.status : ReaderStatus::broken);
    }
    auto const text = output.subspan(sizeof head);
    return {reinterpret_cast<char const*>(text.data()), text.size()};
}

} // namespace cmq::lab
