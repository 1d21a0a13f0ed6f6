// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/write_folder.hpp"

#include "core/error.hpp"
#include "system/file.hpp"
#include "system/system_message.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cmq {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(fs::path const& path, int number) {
    throw Error{
        ErrorKind::io,
        {"impossible d’écrire le répertoire « {} » : {}", "cannot write the folder '{}': {}"},
        path.string(),
        system_message(number)};
}

/// The folder, without the slash at the end that a user may have written.
fs::path without_slash(fs::path const& path) {
    return path.filename().empty() ? path.parent_path() : path;
}

[[noreturn]] void refuse_taken(fs::path const& path) {
    throw Error{ErrorKind::usage,
                {"« {} » existe déjà ; choisir un autre nom, ou l’ôter d’abord",
                 "'{}' is there already; choose another name, or remove it first"},
                path.string()};
}

/// Removed with all it holds, but where it was renamed.
class HiddenFolder {
public:
    explicit HiddenFolder(fs::path const& above)
        : name_{(above / ".contremarque-XXXXXX").string()} {
        if (::mkdtemp(name_.data()) == nullptr) {
            refuse(above, errno);
        }
    }

    HiddenFolder(HiddenFolder const&) = delete;
    HiddenFolder& operator=(HiddenFolder const&) = delete;
    HiddenFolder(HiddenFolder&&) = delete;
    HiddenFolder& operator=(HiddenFolder&&) = delete;

    ~HiddenFolder() {
        if (!kept_) {
            std::error_code ignored;
            fs::remove_all(name_, ignored);
        }
    }

    [[nodiscard]] fs::path path() const { return name_; }

    void keep_as(fs::path const& target) {
        mode_t const mask =
            ::umask(0); // a kit is meant to be handed on: the mask of the user decides
        ::umask(mask);
        if (::chmod(name_.c_str(), 0777U & ~mask) != 0) {
            refuse(target, errno);
        }
        // Not std::rename where it can be helped: it would replace an empty folder that somebody made in between.
        int failed =
            ::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE);
        if (failed != 0 && errno == EINVAL) { // a file system that does not know the flag
            failed = ::rename(name_.c_str(), target.c_str());
        }
        if (failed != 0) {
            int const number = errno;
            if (number == EEXIST || number == ENOTEMPTY) {
                refuse_taken(target);
            }
            refuse(target, number);
        }
        kept_ = true;
    }

private:
    std::string name_;
    bool kept_ = false;
};

} // namespace

void refuse_taken_folder(fs::path const& path) {
    std::error_code unreadable;
    if (fs::exists(fs::symlink_status(without_slash(path), unreadable))) {
        refuse_taken(without_slash(path));
    }
}

void write_folder(fs::path const& path, std::span<FolderFile const> files) {
    refuse_taken_folder(path);
    fs::path const target = without_slash(path);
    fs::path const above = target.has_parent_path() ? target.parent_path() : fs::path{"."};
    HiddenFolder folder{above};
    for (FolderFile const& file : files) {
        CMQ_EXPECTS(!file.name.empty() && file.name.find('/') == std::string::npos);
        write_file(folder.path() / file.name, file.bytes);
    }
    folder.keep_as(target);
}

} // namespace cmq
