// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/file.hpp"

#include "core/error.hpp"
#include "system/descriptor.hpp"
#include "system/system_message.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cmq {
namespace {

[[noreturn]] void refuse(std::filesystem::path const& path, Form<2> cannot) {
    Sentence const why = system_message(errno);
    throw Error{ErrorKind::io, cannot, path.string(), why};
}

constexpr Form<2> cannot_open{"impossible d’ouvrir « {} » : {}", "cannot open '{}': {}"};
constexpr Form<2> cannot_read{"impossible de lire « {} » : {}", "cannot read '{}': {}"};
constexpr Form<2> cannot_write{"impossible d’écrire « {} » : {}", "cannot write '{}': {}"};
constexpr Form<2> cannot_measure{"impossible de connaître la taille de « {} » : {}",
                                 "cannot read the size of '{}': {}"};
constexpr Form<2> cannot_sync{"impossible de mettre sur le disque le répertoire « {} » : {}",
                              "cannot sync the folder '{}': {}"};

void sync_folder(std::filesystem::path const& folder) {
    Descriptor const handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (handle.number() < 0 || (::fsync(handle.number()) != 0 && errno != EINVAL)) {
        refuse(folder, cannot_sync);
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

    [[nodiscard]] bool close() noexcept { return handle_.close() == 0; }

    [[nodiscard]] bool keep_as(std::filesystem::path const& target) noexcept {
        kept_ = ::rename(name_.c_str(), target.c_str()) == 0;
        return kept_;
    }

private:
    std::string name_;
    Descriptor handle_;
    bool kept_ = false;
};

void write_all(TemporaryFile const& file,
               std::filesystem::path const& path,
               std::span<std::byte const> bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const count = ::write(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            refuse(path, cannot_write);
        }
        done += static_cast<std::size_t>(count);
    }
}

void finish_file(TemporaryFile& file, std::filesystem::path const& path, mode_t mode) {
    if (::fchmod(file.number(), mode) != 0 || ::fsync(file.number()) != 0 || !file.close()) {
        refuse(path, cannot_write);
    }
}

void publish_file(TemporaryFile& file, std::filesystem::path const& path) {
    if (!file.keep_as(path)) {
        refuse(path, cannot_write);
    }
    sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

void refuse_unopened(TemporaryFile const& file, std::filesystem::path const& path) {
    if (file.number() < 0) {
        refuse(path, cannot_write);
    }
}

void write_whole(std::filesystem::path const& path, std::span<std::byte const> bytes, mode_t mode) {
    TemporaryFile file{path};
    refuse_unopened(file, path);
    write_all(file, path, bytes);
    finish_file(file, path, mode);
    publish_file(file, path);
}

/// A note is meant to be handed on: the mask of the user decides.
mode_t public_mode() {
    mode_t const mask = ::umask(0);
    ::umask(mask);
    return 0666U & ~mask;
}

} // namespace

std::vector<std::byte> read_file(std::filesystem::path const& path, std::uintmax_t limit) {
    Descriptor const handle{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (handle.number() < 0) {
        refuse(path, cannot_open);
    }

    struct stat facts {};

    if (::fstat(handle.number(), &facts) != 0) {
        refuse(path, cannot_measure);
    }
    if (!S_ISREG(facts.st_mode)) {
        throw Error{ErrorKind::io,
                    {"« {} » n’est pas un fichier ; indiquer le chemin d’un fichier",
                     "'{}' is not a file; give the path of a file"},
                    path.string()};
    }
    auto const size = static_cast<std::uintmax_t>(facts.st_size);
    if (size > limit) {
        throw Error{ErrorKind::limits,
                    {"« {} » compte {} octets, plus que la limite de {}",
                     "'{}' has {} bytes, more than the limit of {}"},
                    path.string(),
                    size,
                    limit};
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        auto const count = ::read(handle.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            refuse(path, cannot_read);
        }
        if (count == 0) {
            throw Error{ErrorKind::io,
                        {"« {} » a été raccourci pendant sa lecture",
                         "'{}' became shorter while it was read"},
                        path.string()};
        }
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

std::string read_text(std::filesystem::path const& path, std::uintmax_t limit) {
    auto const bytes = read_file(path, limit);
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

struct StagedFile::State {
    explicit State(std::filesystem::path target) : path{std::move(target)}, file{path} {}

    std::filesystem::path path;
    TemporaryFile file;
};

StagedFile::StagedFile(std::filesystem::path path)
    : state_{std::make_unique<State>(std::move(path))} {
    refuse_unopened(state_->file, state_->path);
}

StagedFile::~StagedFile() = default;
StagedFile::StagedFile(StagedFile&&) noexcept = default;
StagedFile& StagedFile::operator=(StagedFile&&) noexcept = default;

void StagedFile::add(std::span<std::byte const> bytes) {
    write_all(state_->file, state_->path, bytes);
}

void StagedFile::finish() {
    finish_file(state_->file, state_->path, public_mode());
}

void StagedFile::publish() {
    publish_file(state_->file, state_->path);
}

void write_file(std::filesystem::path const& path, std::span<std::byte const> bytes) {
    write_whole(path, bytes, public_mode());
}

void write_private_file(std::filesystem::path const& path, std::span<std::byte const> bytes) {
    write_whole(path, bytes, 0600U);
}

void write_file(std::filesystem::path const& path, std::string_view text) {
    write_file(path, std::as_bytes(std::span{text}));
}

} // namespace cmq
