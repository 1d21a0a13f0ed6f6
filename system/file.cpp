// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/file.hpp"

#include "core/error.hpp"
#include "system/descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cmq {
namespace {

[[noreturn]] void refuse(std::filesystem::path const& path, std::string const& verb) {
    throw Error{ErrorKind::io,
                "cannot " + verb + " '" + path.string() +
                    "': " + std::generic_category().message(errno)};
}

void sync_folder(std::filesystem::path const& folder) {
    Descriptor const handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (handle.number() < 0 || (::fsync(handle.number()) != 0 && errno != EINVAL)) {
        refuse(folder, "sync the folder");
    }
}

// Removes the temporary file on every way out but success.
class TemporaryFile {
public:
    explicit TemporaryFile(std::filesystem::path const& target)
        : name_{(target.has_parent_path() ? target.parent_path() : ".") / (".contremarque-XXXXXX")}
        , handle_{::mkostemp(name_.data(), O_CLOEXEC)} {}

    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;

    ~TemporaryFile() {
        if (!kept_) {
            ::unlink(name_.c_str());
        }
    }

    [[nodiscard]] int number() const noexcept { return handle_.number(); }

    [[nodiscard]] bool keep_as(std::filesystem::path const& target) noexcept {
        if (handle_.close() != 0) {
            return false;
        }
        kept_ = ::rename(name_.c_str(), target.c_str()) == 0;
        return kept_;
    }

private:
    std::string name_;
    Descriptor handle_;
    bool kept_ = false;
};

} // namespace

std::vector<std::byte> read_file(std::filesystem::path const& path, std::uintmax_t limit) {
    Descriptor const handle{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (handle.number() < 0) {
        refuse(path, "open");
    }

    struct stat facts {};

    if (::fstat(handle.number(), &facts) != 0) {
        refuse(path, "read the size of");
    }
    if (!S_ISREG(facts.st_mode)) {
        throw Error{ErrorKind::io,
                    "'" + path.string() + "' is not a file; give the path of a file"};
    }
    auto const size = static_cast<std::uintmax_t>(facts.st_size);
    if (size > limit) {
        throw Error{ErrorKind::limits,
                    "'" + path.string() + "' has " + std::to_string(size) +
                        " bytes, more than the limit of " + std::to_string(limit)};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const count = ::read(handle.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            refuse(path, "read");
        }
        if (count == 0) {
            throw Error{ErrorKind::io, "'" + path.string() + "' became shorter while it was read"};
        }
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

std::string read_text(std::filesystem::path const& path, std::uintmax_t limit) {
    auto const bytes = read_file(path, limit);
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

void write_file(std::filesystem::path const& path, std::span<std::byte const> bytes) {
    TemporaryFile file{path};
    if (file.number() < 0) {
        refuse(path, "write");
    }
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const count = ::write(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            refuse(path, "write");
        }
        done += static_cast<std::size_t>(count);
    }
    // mkostemp makes files that only the owner may read; a note is meant to be handed on.
    mode_t const mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(file.number(), 0666U & ~mask) != 0 || ::fsync(file.number()) != 0 ||
        !file.keep_as(path)) {
        refuse(path, "write");
    }
    sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

void write_file(std::filesystem::path const& path, std::string_view text) {
    write_file(path, std::as_bytes(std::span{text}));
}

} // namespace cmq
