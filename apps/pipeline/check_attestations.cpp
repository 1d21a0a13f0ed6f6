// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_attestations.hpp"

#include "core/error.hpp"
#include "system/attestation.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/timestamp_request.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> suffixes{".tsq", ".tsr", ".p7s"};
constexpr std::uintmax_t attestation_limit = std::uintmax_t{1} << 20U;
constexpr std::uintmax_t certificates_limit = std::uintmax_t{1} << 20U;

std::optional<std::string_view> view_of(std::optional<std::string> const& text) {
    return text ? std::optional<std::string_view>{*text} : std::nullopt;
}

std::string or_unnamed(std::string const& name) {
    return name.empty() ? "?" : name;
}

Sentence told(TimestampReply const& reply) {
    return reply.authority_known
               ? Sentence{{"horodaté le {} par {}, autorité reconnue",
                           "stamped on {} by {}, a known authority"},
                          reply.time,
                          or_unnamed(reply.authority)}
               : Sentence{
                     {"horodaté le {} par {}, d’après le jeton lui-même ; --ca FICHIER vérifie "
                      "l’autorité",
                      "stamped on {} by {}, as the token itself says; --ca FILE checks the "
                      "authority"},
                     reply.time,
                     or_unnamed(reply.authority)};
}

Sentence told(SignatureFound const& found) {
    return found.authority_known
               ? Sentence{{"signé par {}, certificat reconnu", "signed by {}, a known certificate"},
                          or_unnamed(found.signer)}
               : Sentence{
                     {"signé par {}, d’après le certificat joint ; --ca FICHIER vérifie qui l’a "
                      "délivré",
                      "signed by {}, as the certificate inside says; --ca FILE checks who "
                      "issued it"},
                     or_unnamed(found.signer)};
}

/// What is wrong with an attestation is a Check; what is wrong with the machine is not.
template <class Look>
Check look_at(CheckKind kind, fs::path const& path, Look const& look) {
    Check check{.kind = kind,
                .state = CheckState::good,
                .reason = CheckReason::none,
                .subject = path.filename().string(),
                .detail = {}};
    try {
        check.detail = look(read_file(path, attestation_limit));
    } catch (Error const& error) {
        if (error.kind() == ErrorKind::internal) {
            throw;
        }
        check.state = CheckState::bad;
        check.reason = error.kind() == ErrorKind::io ? CheckReason::missing : CheckReason::differs;
        check.detail = error.sentence();
    }
    return check;
}

Check look_at_request(CheckKind kind, fs::path const& path, std::string const& sha256) {
    Check check = look_at(kind, path, [&](std::vector<std::byte> const& bytes) {
        // Only its first bytes: a nonce may follow.
        auto const expected = make_timestamp_request(sha256);
        constexpr std::size_t version_at = 2;   // after SEQUENCE and its length
        constexpr std::size_t imprint_end = 56; // version, and the imprint with its 32 bytes
        bool const is_of_this =
            bytes.size() >= imprint_end && std::equal(bytes.begin() + version_at,
                                                      bytes.begin() + imprint_end,
                                                      expected.begin() + version_at);
        if (!is_of_this) {
            throw Error{ErrorKind::integrity,
                        {"la demande d’horodatage est celle d’autres octets",
                         "the request for a time stamp is of other bytes"}};
        }
        return Sentence{};
    });
    if (check.state == CheckState::good) {
        check.state = CheckState::not_checked;
        check.reason = CheckReason::no_reply;
    }
    return check;
}

Check look_at_reply(CheckKind kind,
                    fs::path const& path,
                    std::string const& sha256,
                    std::optional<std::string> const& authorities_pem) {
    return look_at(kind, path, [&](std::vector<std::byte> const& bytes) {
        return told(check_timestamp(bytes, sha256, view_of(authorities_pem)));
    });
}

bool is_there(fs::path const& path) {
    std::error_code unreadable;
    return fs::exists(path, unreadable);
}

} // namespace

std::string attested_file(std::string_view name) {
    for (std::string_view const suffix : suffixes) {
        if (name.size() > suffix.size() && name.ends_with(suffix)) {
            return std::string{name.substr(0, name.size() - suffix.size())};
        }
    }
    return "";
}

std::vector<Check> check_attestations(fs::path const& file,
                                      std::optional<std::string> const& authorities_pem) {
    if (authorities_pem) {
        check_authorities(*authorities_pem);
    }
    auto const beside = [&](std::string_view suffix) {
        fs::path path = file;
        path += suffix;
        return path;
    };
    bool const has_reply = is_there(beside(".tsr"));
    bool const has_signature = is_there(beside(".p7s"));
    bool const has_open_request = !has_reply && is_there(beside(".tsq"));
    std::vector<Check> checks;
    if (!has_reply && !has_signature && !has_open_request) {
        return checks;
    }
    std::vector<std::byte> const content = read_file(file);
    if (has_open_request) {
        checks.push_back(
            look_at_request(CheckKind::timestamp_request, beside(".tsq"), sha256_hex(content)));
    }
    if (has_reply) {
        checks.push_back(look_at_reply(
            CheckKind::timestamp, beside(".tsr"), sha256_hex(content), authorities_pem));
    }
    if (has_signature) {
        checks.push_back(
            look_at(CheckKind::signature, beside(".p7s"), [&](std::vector<std::byte> const& bytes) {
                return told(check_signature(bytes, content, view_of(authorities_pem)));
            }));
    }
    return checks;
}

Check check_frozen_stamp(std::optional<fs::path> const& folder,
                         std::string const& case_name,
                         report::NoteFrozen const& frozen,
                         std::optional<std::string> const& authorities_pem) {
    if (authorities_pem) {
        check_authorities(*authorities_pem);
    }
    // Named as freeze names its requests.
    std::string const stem = fs::path{case_name}.stem().string() + ".frozen" +
                             (frozen.times > 1 ? "." + std::to_string(frozen.times) : "");
    if (folder && is_there(*folder / (stem + ".tsr"))) {
        return look_at_reply(
            CheckKind::frozen_timestamp, *folder / (stem + ".tsr"), frozen.sha256, authorities_pem);
    }
    if (folder && is_there(*folder / (stem + ".tsq"))) {
        return look_at_request(
            CheckKind::frozen_timestamp, *folder / (stem + ".tsq"), frozen.sha256);
    }
    return {.kind = CheckKind::frozen_timestamp,
            .state = CheckState::not_checked,
            .reason = folder ? CheckReason::no_reply : CheckReason::not_asked,
            .subject = stem + ".tsr",
            .detail = {}};
}

std::string read_authorities(fs::path const& file) {
    std::string pem = read_text(file, certificates_limit);
    try {
        check_authorities(pem);
    } catch (Error& error) {
        error.at(file.string());
        throw;
    }
    return pem;
}

Stamped stamp_file(fs::path const& file_or_folder,
                   std::optional<std::string> const& authorities_pem) {
    if (authorities_pem) {
        check_authorities(*authorities_pem); // before anything is written
    }
    std::error_code unreadable;
    Stamped stamped{.file = fs::is_directory(file_or_folder, unreadable)
                                ? file_or_folder / "manifest.json"
                                : file_or_folder,
                    .request = {},
                    .checks = {}};
    fs::path request = stamped.file;
    request += ".tsq";
    fs::path reply = stamped.file;
    reply += ".tsr";
    auto const content = read_file(stamped.file);
    if (!fs::exists(request, unreadable) && !fs::exists(reply, unreadable)) {
        write_file(request, make_timestamp_request(sha256_hex(content)));
        stamped.request = request;
    }
    stamped.checks = check_attestations(stamped.file, authorities_pem);
    return stamped;
}

} // namespace cmq::pipeline
