// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/write.hpp"

#include "core/error.hpp"
#include "system/h5/user_block.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace cmq {
namespace {

constexpr hsize_t chunk_bytes = hsize_t{1} << 18U;
constexpr unsigned deflate_level = 4;

/// A property list of objects without times.
H5Handle make_properties(hid_t cls) {
    H5Handle list{H5Pcreate(cls), H5Pclose, "property list"};
    h5_check(H5Pset_obj_track_times(list.get(), false), "times");
    return list;
}

H5Handle make_text_type(std::size_t bytes) {
    H5Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "text type"};
    h5_check(H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1)), "text size");
    h5_check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "text padding");
    h5_check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "text coding");
    return type;
}

/// The bytes of a file that HDF5 keeps in memory, taken when it is closed. H5Fget_file_image() of an open
/// file is of no use: version 1.10.8 clears flags in the superblock there and leaves its checksum as it was.
class MemoryFile {
public:
    void set_on(hid_t access) {
        H5FD_file_image_callbacks_t callbacks{
            allocate, copy, reallocate, release, same, keep, this};
        h5_check(H5Pset_fapl_core(access, increment, false), "memory file");
        h5_check(H5Pset_file_image_callbacks(access, &callbacks), "memory file");
    }

    /// \pre the file is closed
    [[nodiscard]] std::vector<std::byte> take() {
        // Superblock of version 3: the length of the file stands at byte 28.
        constexpr std::size_t length_at = h5_user_block_bytes + 28;
        CMQ_EXPECTS(bytes_.size() >= length_at + 8);
        std::uint64_t length = 0;
        std::memcpy(&length, bytes_.data() + length_at, sizeof length);
        CMQ_EXPECTS(length > length_at && length <= bytes_.size());
        bytes_.resize(static_cast<std::size_t>(length));
        return std::move(bytes_);
    }

private:
    static constexpr std::size_t increment = std::size_t{1} << 20U;

    static void* allocate(std::size_t size, H5FD_file_image_op_t, void* self) {
        static_cast<MemoryFile*>(self)->size_ = size;
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): HDF5 asks for these three
        return std::malloc(size);
    }

    static void* copy(void* to, void const* from, std::size_t size, H5FD_file_image_op_t, void*) {
        return std::memcpy(to, from, size);
    }

    static void* reallocate(void* old, std::size_t size, H5FD_file_image_op_t, void* self) {
        static_cast<MemoryFile*>(self)->size_ = size;
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): HDF5 asks for these three
        return std::realloc(old, size);
    }

    static herr_t release(void* memory, H5FD_file_image_op_t operation, void* self) {
        auto& file = *static_cast<MemoryFile*>(self);
        if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE) {
            auto const* const first = static_cast<std::byte const*>(memory);
            file.bytes_.assign(first, first + file.size_);
        }
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): HDF5 asks for these three
        std::free(memory);
        return 0;
    }

    static void* same(void* self) { return self; }

    static herr_t keep(void*) { return 0; }

    std::size_t size_ = 0;
    std::vector<std::byte> bytes_;
};

} // namespace

void write_attribute(hid_t object, char const* name, std::string const& text) {
    H5Handle const type = make_text_type(text.size());
    H5Handle const space{H5Screate(H5S_SCALAR), H5Sclose, "scalar"};
    H5Handle const attribute{
        H5Acreate2(object, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose,
        "attribute"};
    h5_check(H5Awrite(attribute.get(), type.get(), text.empty() ? "" : text.data()), "attribute");
}

void write_attribute(hid_t object, char const* name, std::int64_t value) {
    H5Handle const space{H5Screate(H5S_SCALAR), H5Sclose, "scalar"};
    H5Handle const attribute{
        H5Acreate2(object, name, H5T_STD_I64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose,
        "attribute"};
    h5_check(H5Awrite(attribute.get(), H5T_NATIVE_INT64, &value), "attribute");
}

H5Handle write_dataset(hid_t parent,
                       std::string const& name,
                       hid_t file_type,
                       hid_t memory_type,
                       std::span<hsize_t const> extent,
                       void const* data) {
    std::array<hsize_t, 3> chunk{1, 1, 1};
    std::array<hsize_t, 3> most{};
    hsize_t row_bytes = H5Tget_size(file_type);
    for (std::size_t i = 0; i < extent.size(); ++i) {
        most[i] = i == 0 ? H5S_UNLIMITED : extent[i];
        chunk[i] = std::max<hsize_t>(extent[i], 1);
        row_bytes *= i == 0 ? 1 : chunk[i];
    }
    chunk[0] = std::clamp<hsize_t>(chunk_bytes / row_bytes, 1, chunk[0]);
    H5Handle const properties = make_properties(H5P_DATASET_CREATE);
    int const rank = static_cast<int>(extent.size());
    h5_check(H5Pset_chunk(properties.get(), rank, chunk.data()), "chunks");
    h5_check(H5Pset_shuffle(properties.get()), "shuffle");
    h5_check(H5Pset_deflate(properties.get(), deflate_level), "deflate");
    h5_check(H5Pset_fletcher32(properties.get()), "checksums");
    H5Handle const space{H5Screate_simple(rank, extent.data(), most.data()), H5Sclose, "extent"};
    H5Handle dataset{H5Dcreate2(parent,
                                name.c_str(),
                                file_type,
                                space.get(),
                                H5P_DEFAULT,
                                properties.get(),
                                H5P_DEFAULT),
                     H5Dclose,
                     "dataset"};
    if (extent[0] > 0) {
        h5_check(H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
                 "writing");
    }
    return dataset;
}

void write_attribute(hid_t object, char const* name, double value) {
    H5Handle const space{H5Screate(H5S_SCALAR), H5Sclose, "scalar"};
    H5Handle const attribute{
        H5Acreate2(object, name, H5T_IEEE_F64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose,
        "attribute"};
    h5_check(H5Awrite(attribute.get(), H5T_NATIVE_DOUBLE, &value), "attribute");
}

H5Handle write_cells(hid_t parent, std::string const& name, std::vector<double> const& cells) {
    std::array const extent{hsize_t{cells.size()}};
    return write_dataset(parent, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, extent, cells.data());
}

H5Handle
write_cells(hid_t parent, std::string const& name, std::vector<std::int64_t> const& cells) {
    std::array const extent{hsize_t{cells.size()}};
    return write_dataset(parent, name, H5T_STD_I64LE, H5T_NATIVE_INT64, extent, cells.data());
}

// All of one length, filled up with zero bytes: texts of their own length live in a heap without checksums.
H5Handle write_cells(hid_t parent, std::string const& name, std::vector<std::string> const& cells) {
    std::size_t longest = 1;
    for (std::string const& cell : cells) {
        CMQ_EXPECTS(cell.find('\0') == std::string::npos);
        longest = std::max(longest, cell.size());
    }
    std::string padded(longest * cells.size(), '\0');
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::ranges::copy(cells[i], padded.begin() + static_cast<std::ptrdiff_t>(i * longest));
    }
    H5Handle const type = make_text_type(longest);
    std::array const extent{hsize_t{cells.size()}};
    return write_dataset(parent, name, type.get(), type.get(), extent, padded.data());
}

H5Handle make_group(hid_t parent, std::string const& name) {
    H5Handle const properties = make_properties(H5P_GROUP_CREATE);
    return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
            H5Gclose,
            "group"};
}

std::vector<std::byte> to_h5(H5Kind const& kind, std::function<void(hid_t)> const& fill) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // every failure is an Error of ours
    MemoryFile memory;
    {
        H5Handle const create = make_properties(H5P_FILE_CREATE);
        h5_check(H5Pset_userblock(create.get(), h5_user_block_bytes), "user block");
        H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
        memory.set_on(access.get());
        h5_check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), "version");
        H5Handle const file{
            H5Fcreate("image.h5", H5F_ACC_TRUNC, create.get(), access.get()), H5Fclose, "file"};
        write_attribute(file.get(), "creator", std::string{"Contremarque"});
        write_attribute(file.get(), "layout", std::int64_t{1});
        fill(file.get());
    }
    std::vector<std::byte> bytes = memory.take();
    write_user_block(bytes, kind);
    return bytes;
}

} // namespace cmq
