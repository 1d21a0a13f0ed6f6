// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/scan.hpp"

#include "core/error.hpp"
#include "system/h5/handle.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cmq {
namespace {

// As they are stored: for an order by name, HDF5 1.10 first fills a list as long as the file says, and frees what was
// never filled where the file holds fewer (found by fuzzing: a free of any address).
constexpr H5_iter_order_t as_stored = H5_ITER_NATIVE;
constexpr hsize_t most_attributes = 8;
constexpr hsize_t most_attribute_bytes = 8192;
constexpr std::size_t most_text_bytes = std::size_t{1} << 20U;
constexpr std::uint64_t most_expansion = 1100; // deflate can not pack more tightly than 1 : 1032

/// What was seen so far, and what it may come to.
struct Count {
    H5Kind const& kind;
    std::size_t objects = 0;
    std::uint64_t bytes = 0;
};

// Without the name of the file, which scan_h5 puts before it.
template <class... Texts>
[[noreturn]] void refuse(Form<sizeof...(Texts)> what, Texts const&... texts) {
    throw Error{ErrorKind::unsupported, Sentence{what, texts...}};
}

void check_type(hid_t object_type) {
    H5T_class_t const kind = H5Tget_class(object_type);
    if (kind == H5T_STRING) {
        if (H5Tis_variable_str(object_type) != 0) {
            refuse({"un texte de longueur variable", "text of variable length"});
        }
    } else if (kind != H5T_INTEGER && kind != H5T_FLOAT) {
        refuse({"des valeurs qui ne sont ni nombres ni texte",
                "values that are neither numbers nor text"});
    }
    if (H5Tget_size(object_type) > most_text_bytes) {
        refuse({"une valeur de plus d’un mégaoctet", "a value of more than a megabyte"});
    }
}

herr_t check_attribute(hid_t object, char const* name, H5A_info_t const* info, void* error) {
    try {
        if (info->data_size > most_attribute_bytes) {
            refuse(
                {"un attribut de plus de 8 kilooctets", "an attribute of more than 8 kilobytes"});
        }
        H5Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "attribute"};
        H5Handle const type{H5Aget_type(attribute.get()), H5Tclose, "attribute type"};
        check_type(type.get());
        H5Handle const space{H5Aget_space(attribute.get()), H5Sclose, "attribute extent"};
        if (H5Sget_simple_extent_type(space.get()) != H5S_SCALAR) {
            refuse({"un attribut qui est une liste", "an attribute that is a list"});
        }
        return 0;
    } catch (Error const& found) {
        *static_cast<Error*>(error) = found; // exceptions may not pass through C
        return -1;
    }
}

void check_attributes(hid_t object) {
    H5O_info_t facts;
    h5_check(H5Oget_info(object, &facts), "object");
    if (facts.num_attrs > most_attributes) {
        refuse({"un objet à plus de 8 attributs", "an object with more than 8 attributes"});
    }
    Error found{ErrorKind::format, {"échec de HDF5 : attributs", "HDF5 failed: attributes"}};
    hsize_t position = 0;
    if (H5Aiterate2(object, H5_INDEX_NAME, as_stored, &position, check_attribute, &found) < 0) {
        throw Error{found};
    }
}

void check_filters(hid_t properties) {
    int const filters = H5Pget_nfilters(properties);
    bool checksum = false;
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0;
        std::size_t values = 0;
        H5Z_filter_t const filter = H5Pget_filter2(
            properties, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
            filter != H5Z_FILTER_FLETCHER32) {
            refuse({"des données derrière un filtre étranger (numéro {})",
                    "data behind a foreign filter (number {})"},
                   filter);
        }
        checksum = checksum || filter == H5Z_FILTER_FLETCHER32;
    }
    if (!checksum) {
        refuse({"des données sans somme de contrôle", "data without checksums"});
    }
}

void check_dataset(hid_t dataset, Count& count) {
    H5Handle const type{H5Dget_type(dataset), H5Tclose, "type"};
    check_type(type.get());
    H5Handle const properties{H5Dget_create_plist(dataset), H5Pclose, "creation properties"};
    if (H5Pget_external_count(properties.get()) != 0) {
        refuse({"des données situées dans un autre fichier", "data that lies in another file"});
    }
    if (H5Pget_layout(properties.get()) != H5D_CHUNKED) {
        refuse(
            {"des données qui ne sont pas rangées en blocs", "data of another layout than chunks"});
    }
    check_filters(properties.get());
    H5Handle const space{H5Dget_space(dataset), H5Sclose, "extent"};
    int const rank = H5Sget_simple_extent_ndims(space.get());
    if (rank < 1 || rank > 3) {
        refuse({"des données à {} dimensions", "data of {} dimensions"}, rank);
    }
    std::array<hsize_t, 3> extent{};
    std::array<hsize_t, 3> chunk{};
    h5_check(H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr), "extent");
    if (H5Pget_chunk(properties.get(), rank, chunk.data()) != rank) {
        refuse({"des blocs d’une autre dimension que leurs données",
                "chunks of another dimension than their data"});
    }
    // Each product is checked before it can wrap around.
    std::uint64_t bytes = H5Tget_size(type.get());
    std::uint64_t chunk_bytes = bytes;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rank); ++i) {
        if (extent[i] > count.kind.bytes || chunk[i] > count.kind.bytes) {
            refuse({"plus de données que la limite de ce programme",
                    "more data than the limit of this program"});
        }
        bytes *= extent[i];
        chunk_bytes *= chunk[i];
        if (bytes > count.kind.bytes || chunk_bytes > count.kind.bytes) {
            refuse({"plus de données que la limite de ce programme",
                    "more data than the limit of this program"});
        }
    }
    count.bytes += bytes;
    if (count.bytes > count.kind.bytes) {
        refuse({"plus de données que la limite de ce programme",
                "more data than the limit of this program"});
    }
    // What is not stored would read as zeros.
    hsize_t stored = 0;
    h5_check(H5Dget_num_chunks(dataset, space.get(), &stored), "chunks");
    hsize_t chunks = 1;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rank); ++i) {
        chunks *= (extent[i] + chunk[i] - 1) / chunk[i];
    }
    if (bytes > 0 && (stored != chunks || H5Dget_storage_size(dataset) < bytes / most_expansion)) {
        refuse({"des données annoncées qui manquent", "data that is announced and not there"});
    }
}

struct Walk {
    Count* count = nullptr;
    int level = 0;
    Error found{ErrorKind::format,
                {"échec de HDF5 : liste de liens", "HDF5 failed: a list of links"}};
};

void scan_group(hid_t group, int level, Count& count);

herr_t scan_link(hid_t group, char const* name, H5L_info_t const* info, void* data) {
    Walk& walk = *static_cast<Walk*>(data);
    try {
        if (info->type != H5L_TYPE_HARD) {
            refuse({"un lien vers l’extérieur", "a link to elsewhere"});
        }
        if (++walk.count->objects > walk.count->kind.objects) {
            refuse({"plus de {} objets", "more than {} objects"}, walk.count->kind.objects);
        }
        H5Handle const object{H5Oopen(group, name, H5P_DEFAULT), H5Oclose, "object"};
        check_attributes(object.get());
        switch (H5Iget_type(object.get())) {
        case H5I_GROUP:
            scan_group(object.get(), walk.level + 1, *walk.count);
            return 0;
        case H5I_DATASET:
            check_dataset(object.get(), *walk.count);
            return 0;
        default:
            refuse({"un type nommé", "a named type"});
        }
    } catch (Error const& found) {
        walk.found = found;
        return -1;
    }
}

void scan_group(hid_t group, int level, Count& count) {
    if (level >= count.kind.levels) {
        refuse({"des groupes dans des groupes", "groups inside groups"});
    }
    Walk walk{.count = &count, .level = level};
    hsize_t position = 0;
    if (H5Literate(group, H5_INDEX_NAME, as_stored, &position, scan_link, &walk) < 0) {
        throw Error{walk.found};
    }
}

} // namespace

void scan_h5(hid_t file, H5Kind const& kind) {
    try {
        Count count{.kind = kind};
        check_attributes(file);
        scan_group(file, 0, count);
    } catch (Error const& error) {
        if (error.kind() != ErrorKind::unsupported) {
            throw;
        }
        throw Error{ErrorKind::unsupported,
                    {"{0} contient {1}, ce qu’aucun {2} de ce programme ne contient ; rien n’en a "
                     "été lu",
                     "{0} holds {1}, which no {2} of this program does; nothing was read from it"},
                    Sentence{kind.file},
                    error.sentence(),
                    Sentence{kind.name}};
    }
}

} // namespace cmq
