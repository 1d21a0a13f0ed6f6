// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/read_fragments.hpp"

#include "core/error.hpp"
#include "lab/code/unpack_text.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <span>

namespace cmq::pipeline {

lab::FragmentSettings to_settings(FragmentOptions const& options) {
    lab::FragmentSettings settings{.least_height = options.least_height, .standard = nullptr};
    if (!options.standard) {
        return settings;
    }
    settings.standard = lab::find_size_standard(*options.standard);
    if (settings.standard == nullptr) {
        std::string names;
        for (lab::SizeStandard const& standard : lab::size_standards()) {
            names += (names.empty() ? "" : ", ") + std::string{standard.name};
        }
        throw Error{ErrorKind::usage,
                    {"étalon de taille inconnu « {} » ; connus : {}",
                     "unknown size standard '{}'; known ones: {}"},
                    *options.standard,
                    names};
    }
    return settings;
}

std::vector<lab::LadderLocus> load_ladder(FragmentOptions const& options,
                                          std::filesystem::path const& reader) {
    std::vector<lab::KitLocus> kit;
    std::string const kit_text = read_text(*options.kit);
    try {
        kit = lab::parse_kit(kit_text);
    } catch (Error& error) {
        error.at(*options.kit);
        throw;
    }
    auto const bytes = read_file(*options.ladder);
    try {
        if (!lab::is_abif(bytes)) {
            throw Error{ErrorKind::format,
                        {"ce n’est pas une analyse de fragments (.fsa, .hid)",
                         "this is no run of fragments (.fsa, .hid)"}};
        }
        auto const flat = lab::unpack_in_child(bytes, reader, {"abif"});
        auto const run = lab::to_fragment_run(lab::Abif::from_flat(std::as_bytes(std::span{flat})));
        return lab::read_ladder(lab::size_fragments(run, to_settings(options)), kit);
    } catch (Error& error) {
        error.at(*options.ladder);
        throw;
    }
}

FragmentFile read_fragments(lab::Abif const& abif,
                            FragmentOptions const& options,
                            std::optional<std::vector<lab::LadderLocus>> const& ladder) {
    auto run = lab::to_fragment_run(abif);
    auto profile = lab::size_fragments(run, to_settings(options));
    FragmentFile file{
        .run = std::move(run), .profile = std::move(profile), .loci = {}, .model = {}};
    if (ladder) {
        file.loci = lab::call_alleles(file.profile, *ladder);
    }
    return file;
}

lab::CodeReading
match_fragment_file(FragmentFile& file, lab::Registry const& registry, std::uint64_t seed) {
    bool const has_fragments = std::ranges::any_of(
        registry.lots, [](lab::Lot const& lot) { return lot.kind == lab::CodeKind::fragments; });
    if (!has_fragments) {
        throw Error{ErrorKind::insufficient,
                    {"aucun lot du registre n’a de longueurs de fragments : cette analyse ne peut "
                     "lui être comparée",
                     "no lot of the registry has lengths of fragments to compare this run with"}};
    }
    file.model = lab::model_of(file.profile, registry);
    return lab::match_fragments(lab::fragments_of(file.profile), registry, *file.model, seed);
}

} // namespace cmq::pipeline
