// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/reader/serve.hpp"

#include "core/error.hpp"
#include "system/h5/answer.hpp"
#include "system/h5/handle.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <exception>
#include <span>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cmq {
namespace {

constexpr int input = 3;
constexpr int output = 4;

bool write_all(std::span<std::byte const> bytes) noexcept {
    while (!bytes.empty()) {
        ssize_t const written = ::write(output, bytes.data(), bytes.size());
        if (written <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

bool answer(H5Status status, std::span<std::byte const> content) noexcept {
    H5Answer const head{.status = status};
    return write_all(std::as_bytes(std::span{&head, 1})) && write_all(content);
}

bool answer(H5Status status, Sentence const& sentence) noexcept {
    H5Answer const head{.status = status,
                        .french_bytes = static_cast<std::uint32_t>(sentence.french().size())};
    return write_all(std::as_bytes(std::span{&head, 1})) &&
           write_all(std::as_bytes(std::span{sentence.french()})) &&
           write_all(std::as_bytes(std::span{sentence.english()}));
}

std::vector<std::byte> read_image(void* bytes,
                                  std::size_t size,
                                  H5Kind const& kind,
                                  std::function<std::vector<std::byte>(hid_t)> const& read) {
    H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
    // The increment is of no use to a file that is only read, and may not be 0.
    h5_check(H5Pset_fapl_core(access.get(), 4096, false), "memory file");
    h5_check(H5Pset_file_image(access.get(), bytes, size), "image");
    H5Handle const file{H5Fopen("image.h5", H5F_ACC_RDONLY, access.get()),
                        H5Fclose,
                        Words{"ce n’est pas un fichier HDF5", "this is no HDF5 file"}};
    scan_h5(file.get(), kind);
    return read(file.get());
}

bool serve(H5Kind const& kind, std::function<std::vector<std::byte>(hid_t)> const& read) {
    struct stat facts {};

    if (::fstat(input, &facts) != 0 || facts.st_size <= 0) {
        return false;
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    void* const bytes = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, input, 0);
    // What needs more calls than the filter leaves comes first; no byte of the file is looked at yet.
    if (bytes == MAP_FAILED || H5open() < 0 || H5PLset_loading_state(0) < 0 ||
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) < 0) {
        return false;
    }
    if (!enter_sandbox()) {
        return answer(H5Status::no_filter, Sentence{});
    }
    bool written = false;
    try {
        written = answer(H5Status::done, read_image(bytes, size, kind, read));
    } catch (Error const& error) {
        written =
            answer(error.kind() == ErrorKind::unsupported ? H5Status::refused : H5Status::broken,
                   error.sentence());
    } catch (std::exception const&) {
        written = answer(H5Status::broken,
                         Sentence{{"{} demande plus de mémoire que la limite de ce programme",
                                   "{} asks for more memory than the limit of this program"},
                                  Sentence{kind.file}});
    }
    return written;
}

} // namespace

void serve_h5(H5Kind const& kind, std::function<std::vector<std::byte>(hid_t)> const& read) {
    ::_exit(serve(kind, read) ? 0 : 1);
}

} // namespace cmq
