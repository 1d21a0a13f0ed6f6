// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque-case-reader: reads case.h5 from descriptor 3, writes an Answer and the content to
/// descriptor 4. Started by run_limited_child, which sets its limits; of no use by hand.

#include "casefile/kept/h5_handle.hpp"
#include "casefile/kept/reader/answer.hpp"
#include "casefile/kept/reader/load.hpp"
#include "casefile/kept/reader/scan.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <hdf5.h>

#include <exception>
#include <span>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using cmq::casefile::Answer;
using cmq::casefile::AnswerStatus;

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

bool answer(AnswerStatus status, std::span<std::byte const> content) noexcept {
    Answer const head{.status = status};
    return write_all(std::as_bytes(std::span{&head, 1})) && write_all(content);
}

bool answer(AnswerStatus status, cmq::Sentence const& sentence) noexcept {
    Answer const head{.status = status,
                      .french_bytes = static_cast<std::uint32_t>(sentence.french().size())};
    return write_all(std::as_bytes(std::span{&head, 1})) &&
           write_all(std::as_bytes(std::span{sentence.french()})) &&
           write_all(std::as_bytes(std::span{sentence.english()}));
}

cmq::casefile::KeptCase read(void* bytes, std::size_t size) {
    cmq::casefile::H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
    // The increment is of no use to a file that is only read, and may not be 0.
    cmq::casefile::h5_check(H5Pset_fapl_core(access.get(), 4096, false), "memory file");
    cmq::casefile::h5_check(H5Pset_file_image(access.get(), bytes, size), "image");
    cmq::casefile::H5Handle const file{
        H5Fopen("case.h5", H5F_ACC_RDONLY, access.get()),
        H5Fclose,
        cmq::Words{"ce n’est pas un fichier HDF5", "this is no HDF5 file"}};
    cmq::casefile::scan(file.get());
    return cmq::casefile::load(file.get());
}

} // namespace

int main() {
    struct stat facts {};

    if (::fstat(input, &facts) != 0 || facts.st_size <= 0) {
        return 1;
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    void* const bytes = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, input, 0);
    // What needs more calls than the filter leaves comes first; no byte of the file is looked at yet.
    if (bytes == MAP_FAILED || H5open() < 0 || H5PLset_loading_state(0) < 0 ||
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) < 0) {
        return 1;
    }
    if (!cmq::enter_sandbox()) {
        return answer(AnswerStatus::no_filter, cmq::Sentence{}) ? 0 : 1;
    }
    bool written = false;
    try {
        written = answer(AnswerStatus::done, to_bytes(read(bytes, size)));
    } catch (cmq::Error const& error) {
        written = answer(error.kind() == cmq::ErrorKind::unsupported ? AnswerStatus::refused
                                                                     : AnswerStatus::broken,
                         error.sentence());
    } catch (std::exception const&) {
        written = answer(
            AnswerStatus::broken,
            cmq::Sentence{
                {"le fichier de résultats demande plus de mémoire que la limite de ce programme",
                 "the case file asks for more memory than the limit of this program"}});
    }
    // Without the destructors of HDF5: nothing that a hostile file set up runs after this.
    ::_exit(written ? 0 : 1);
}
