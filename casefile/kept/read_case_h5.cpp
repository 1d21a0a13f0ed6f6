// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/case_h5.hpp"
#include "casefile/kept/reader/answer.hpp"
#include "casefile/kept/user_block.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/limited_child.hpp"
#include "system/sha256.hpp"

#include <cstring>
#include <string>
#include <string_view>

namespace cmq::casefile {
namespace {

ChildLimits limits_for(std::size_t bytes) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{10 + static_cast<long>(bytes / 20'000'000)};
    limits.wall = 20 * limits.cpu;
    limits.output_bytes = answer_bytes + most_content_bytes;
    limits.address_space_bytes = 3 * (most_content_bytes + bytes);
    return limits;
}

// The child met hostile bytes: its sentence is one of ours only if it looks like one.
std::string printable(std::string_view text) {
    std::string clean;
    for (char const c : text.substr(0, 300)) {
        clean += c >= ' ' && c <= '~' ? c : '?';
    }
    return clean;
}

} // namespace

void check_user_block(std::span<std::byte const> bytes) {
    std::string_view const text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    constexpr std::size_t hex = 64;
    if (!text.starts_with(user_block_title.substr(0, user_block_title.size() - 2))) {
        throw Error{ErrorKind::format, "this is no case file of Contremarque (case.h5)"};
    }
    if (!text.starts_with(user_block_title)) {
        throw Error{ErrorKind::unsupported,
                    "the case file has another version than 1; read it with the program that "
                    "wrote it"};
    }
    std::string head{user_block_title};
    head += user_block_text;
    if (bytes.size() <= user_block_bytes || !text.starts_with(head)) {
        throw Error{ErrorKind::integrity, "the first 512 bytes of the case file were changed"};
    }
    std::string expected = head + sha256_hex(bytes.subspan(user_block_bytes)) + "\n";
    expected.resize(user_block_bytes, '\n');
    if (text.substr(0, user_block_bytes) == expected) {
        return;
    }
    bool const frame_kept = text.substr(head.size() + hex, user_block_bytes - head.size() - hex) ==
                            std::string_view{expected}.substr(head.size() + hex);
    throw Error{ErrorKind::integrity,
                frame_kept ? "the case file is not the one that was written: the SHA-256 in its "
                             "first 512 bytes is not that of the bytes after them"
                           : "the first 512 bytes of the case file were changed"};
}

KeptCase to_kept_case_from_h5(std::span<std::byte const> bytes,
                              std::filesystem::path const& reader) {
    check_user_block(bytes);
    ChildResult const result = run_limited_child(reader, {}, bytes, limits_for(bytes.size()));
    if (result.end == ChildEnd::limit) {
        throw Error{ErrorKind::limits,
                    "reading the case file did not end within its limits, as happens with damaged "
                    "or hostile files"};
    }
    if (result.end == ChildEnd::other_signal) {
        throw Error{ErrorKind::format,
                    "reading the case file broke off (signal " + std::to_string(result.code) +
                        "), as happens with damaged or hostile files"};
    }
    auto const output = result.output.bytes();
    Answer answer;
    if (result.code != 0 || output.size() < answer_bytes) {
        throw Error{ErrorKind::format, "the case file could not be read: it is damaged"};
    }
    std::memcpy(&answer, output.data(), sizeof answer);
    auto const content = output.subspan(answer_bytes);
    if (answer.magic != answer_magic) {
        throw Error{ErrorKind::internal,
                    "the program contremarque-case-reader does not fit this program; install both "
                    "from one version"};
    }
    std::string_view const sentence{reinterpret_cast<char const*>(content.data()), content.size()};
    switch (answer.status) {
    case AnswerStatus::done:
        return to_kept_case(content);
    case AnswerStatus::refused:
        throw Error{ErrorKind::unsupported, printable(sentence)};
    case AnswerStatus::broken:
        throw Error{ErrorKind::format, printable(sentence)};
    case AnswerStatus::no_filter:
        throw Error{ErrorKind::unsupported,
                    "this machine refuses the filter of system calls (seccomp) under which case "
                    "files are read, so nothing was read"};
    }
    throw Error{ErrorKind::format, "the case file could not be read: it is damaged"};
}

KeptCase read_case_h5(std::filesystem::path const& path, std::filesystem::path const& reader) {
    try {
        return to_kept_case_from_h5(read_file(path, case_h5_size_limit), reader);
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
}

} // namespace cmq::casefile
