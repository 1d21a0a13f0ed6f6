// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/locked_file.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>
#include <string_view>

namespace cmq {
namespace {

constexpr std::string_view family = "CONTREMARQUE LOCKED ";
constexpr std::string_view magic = "CONTREMARQUE LOCKED 1\n";
constexpr std::size_t salt_at = magic.size() + 16;
constexpr std::size_t nonce_at = salt_at + crypto_pwhash_SALTBYTES;
constexpr std::size_t header_size = nonce_at + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t chunk_size = 65536;
constexpr std::size_t tag_size = crypto_secretstream_xchacha20poly1305_ABYTES;

unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}

unsigned char const* raw(std::byte const* bytes) {
    return reinterpret_cast<unsigned char const*>(bytes);
}

void put_number(std::byte* at, std::uint64_t number) {
    for (unsigned i = 0; i < 8; ++i) {
        at[i] = static_cast<std::byte>(number >> 8U * i & 0xffU);
    }
}

std::uint64_t number_at(std::byte const* at) {
    std::uint64_t number = 0;
    for (unsigned i = 8; i-- > 0;) {
        number = number << 8U | std::to_integer<std::uint64_t>(at[i]);
    }
    return number;
}

bool is_within_limits(LockStrength const& strength) {
    return strength.passes >= crypto_pwhash_OPSLIMIT_MIN && strength.passes <= strongest.passes &&
           strength.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
           strength.memory_bytes <= strongest.memory_bytes;
}

/// The key of a file, and the state of its stream: wiped when it goes.
class Stream {
public:
    Stream(Passphrase const& passphrase, LockStrength const& strength, std::byte const* salt) {
        int const failed = ::crypto_pwhash(key_.data(),
                                           key_.size(),
                                           passphrase.text().data(),
                                           passphrase.text().size(),
                                           raw(salt),
                                           strength.passes,
                                           static_cast<std::size_t>(strength.memory_bytes),
                                           crypto_pwhash_ALG_ARGON2ID13);
        if (failed != 0) {
            throw Error{ErrorKind::limits,
                        {"pas assez de mémoire : la phrase secrète demande {} Mio",
                         "not enough memory: the passphrase needs {} MiB"},
                        strength.memory_bytes >> 20U};
        }
    }

    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;
    Stream(Stream&&) = delete;
    Stream& operator=(Stream&&) = delete;

    ~Stream() {
        ::sodium_memzero(key_.data(), key_.size());
        ::sodium_memzero(&state_, sizeof state_);
    }

    void begin_writing(std::byte* nonce) {
        ::crypto_secretstream_xchacha20poly1305_init_push(&state_, raw(nonce), key_.data());
    }

    [[nodiscard]] bool begin_reading(std::byte const* nonce) {
        return ::crypto_secretstream_xchacha20poly1305_init_pull(
                   &state_, raw(nonce), key_.data()) == 0;
    }

    /// \param out  clear.size() + tag_size bytes
    void write(std::span<std::byte const> clear,
               bool is_last,
               std::span<std::byte const> header,
               std::byte* out) {
        unsigned char const tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                          : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        ::crypto_secretstream_xchacha20poly1305_push(&state_,
                                                     raw(out),
                                                     nullptr,
                                                     raw(clear.data()),
                                                     clear.size(),
                                                     raw(header.data()),
                                                     header.size(),
                                                     tag);
    }

    enum class Read : std::uint8_t { refused, more, last };

    /// \pre   chunk has at least tag_size bytes
    /// \param out  chunk.size() - tag_size bytes
    [[nodiscard]] Read
    read(std::span<std::byte const> chunk, std::span<std::byte const> header, std::byte* out) {
        unsigned char tag = 0;
        int const failed = ::crypto_secretstream_xchacha20poly1305_pull(&state_,
                                                                        raw(out),
                                                                        nullptr,
                                                                        &tag,
                                                                        raw(chunk.data()),
                                                                        chunk.size(),
                                                                        raw(header.data()),
                                                                        header.size());
        if (failed != 0) {
            return Read::refused;
        }
        return tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL ? Read::last : Read::more;
    }

private:
    std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> key_{};
    crypto_secretstream_xchacha20poly1305_state state_{};
};

std::string_view start_of(std::span<std::byte const> bytes, std::size_t size) {
    return {reinterpret_cast<char const*>(bytes.data()), std::min(size, bytes.size())};
}

[[noreturn]] void refuse_cut() {
    throw Error{ErrorKind::integrity,
                {"le fichier est tronqué : il lui manque la fin, et rien n’en est rendu",
                 "the file was cut short: its end is missing, and nothing of it is given back"}};
}

void check_start(std::span<std::byte const> locked) {
    if (!is_locked(locked)) {
        throw Error{ErrorKind::format,
                    {"ce n’est pas un fichier verrouillé par « contremarque lock »",
                     "not a file that 'contremarque lock' made"}};
    }
    if (start_of(locked, magic.size()) != magic) {
        throw Error{ErrorKind::unsupported,
                    {"verrouillé par une version plus récente du programme, ou modifié depuis",
                     "locked by a newer version of the program, or changed since"}};
    }
    if (locked.size() < header_size + tag_size) {
        refuse_cut();
    }
}

LockStrength strength_in(std::span<std::byte const> header) {
    LockStrength const strength{number_at(header.data() + magic.size()),
                                number_at(header.data() + magic.size() + 8)};
    if (!is_within_limits(strength)) {
        throw Error{
            ErrorKind::limits,
            {"l’en-tête demande {} passages sur {} octets, hors des limites de {} passages sur "
             "{} Mio ; il a été modifié, ou un autre programme l’a écrit",
             "the header asks for {} passes over {} bytes, outside the limits of {} passes over {} "
             "MiB; it was changed, or another program wrote it"},
            strength.passes,
            strength.memory_bytes,
            strongest.passes,
            strongest.memory_bytes >> 20U};
    }
    return strength;
}

[[noreturn]] void refuse_chunk(std::size_t number) {
    if (number == 0) {
        throw Error{
            ErrorKind::integrity,
            {"la phrase secrète n’est pas celle du fichier, ou le fichier a été modifié ; les deux "
             "ne peuvent se distinguer",
             "the passphrase is not that of the file, or the file was changed; the two cannot be "
             "told apart"}};
    }
    throw Error{
        ErrorKind::integrity,
        {"le fichier a été modifié ou tronqué après ses {} premiers Kio ; la phrase secrète est la "
         "bonne, et rien n’en est rendu",
         "the file was changed or cut short after its first {} KiB; the passphrase is the right "
         "one, and nothing of the file is given back"},
        number * chunk_size / 1024};
}

} // namespace

bool is_locked(std::span<std::byte const> bytes) noexcept {
    return start_of(bytes, family.size()) == family;
}

std::vector<std::byte>
to_locked(std::span<std::byte const> clear, Passphrase const& passphrase, LockStrength strength) {
    CMQ_EXPECTS(is_within_limits(strength));
    std::size_t const chunks =
        std::max<std::size_t>(1, (clear.size() + chunk_size - 1) / chunk_size);
    std::vector<std::byte> locked(header_size + clear.size() + chunks * tag_size);
    std::ranges::copy(std::as_bytes(std::span{magic}), locked.begin());
    put_number(locked.data() + magic.size(), strength.passes);
    put_number(locked.data() + magic.size() + 8, strength.memory_bytes);
    ::randombytes_buf(locked.data() + salt_at, crypto_pwhash_SALTBYTES);
    Stream stream{passphrase, strength, locked.data() + salt_at};
    stream.begin_writing(locked.data() + nonce_at);
    auto const header = std::span<std::byte const>{locked}.first(header_size);
    for (std::size_t i = 0; i < chunks; ++i) {
        std::size_t const from = i * chunk_size;
        auto const chunk = clear.subspan(from, std::min(chunk_size, clear.size() - from));
        stream.write(
            chunk, i + 1 == chunks, header, locked.data() + header_size + from + i * tag_size);
    }
    return locked;
}

std::vector<std::byte> to_clear(std::span<std::byte const> locked, Passphrase const& passphrase) {
    check_start(locked);
    auto const header = locked.first(header_size);
    Stream stream{passphrase, strength_in(header), header.data() + salt_at};
    auto rest = locked.subspan(header_size);
    if (!stream.begin_reading(header.data() + nonce_at)) {
        refuse_chunk(0);
    }
    std::vector<std::byte> clear(rest.size());
    std::size_t done = 0;
    for (std::size_t i = 0;; ++i) {
        if (rest.size() < tag_size) {
            refuse_cut();
        }
        auto const chunk = rest.first(std::min(chunk_size + tag_size, rest.size()));
        Stream::Read const read = stream.read(chunk, header, clear.data() + done);
        if (read == Stream::Read::refused) {
            refuse_chunk(i);
        }
        done += chunk.size() - tag_size;
        rest = rest.subspan(chunk.size());
        if (read == Stream::Read::last) {
            break;
        }
    }
    if (!rest.empty()) {
        throw Error{ErrorKind::integrity,
                    {"{} octets suivent la fin du fichier verrouillé ; rien n’en est rendu",
                     "{} bytes follow the end of the locked file; nothing of it is given back"},
                    rest.size()};
    }
    clear.resize(done);
    return clear;
}

} // namespace cmq
