// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_bytes.hpp"

#include "core/error.hpp"

#include <bit>
#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>

namespace cmq::capture {
namespace {

[[noreturn]] void broken() {
    throw Error{ErrorKind::format,
                {"le contenu du profil d’appareil est défectueux",
                 "the camera profile's content is broken"}};
}

class Sink {
public:
    void number(std::uint64_t value) {
        for (unsigned i = 0; i < 8; ++i) {
            bytes_.push_back(static_cast<std::byte>(value >> 8U * i & 0xffU));
        }
    }

    template <class T>
    void values(std::vector<T> const& list) {
        number(list.size());
        auto const bytes = std::as_bytes(std::span{list});
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }

    void text(std::string const& value) { values(std::vector<char>{value.begin(), value.end()}); }

    /// Both ends say how many there are.
    template <class T>
    void count(std::vector<T> const& list) {
        number(list.size());
    }

    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

class Source {
public:
    explicit Source(std::span<std::byte const> bytes) : rest_{bytes} {}

    void number(std::uint64_t& value) {
        if (rest_.size() < 8) {
            broken();
        }
        value = 0;
        for (unsigned i = 0; i < 8; ++i) {
            value |= std::to_integer<std::uint64_t>(rest_[i]) << 8U * i;
        }
        rest_ = rest_.subspan(8);
    }

    template <class T>
    void values(std::vector<T>& list) {
        std::uint64_t n = 0;
        number(n);
        if (n > rest_.size() / sizeof(T)) {
            broken();
        }
        list.resize(static_cast<std::size_t>(n));
        if (n > 0) {
            std::memcpy(list.data(), rest_.data(), list.size() * sizeof(T));
        }
        rest_ = rest_.subspan(list.size() * sizeof(T));
    }

    void text(std::string& value) {
        std::vector<char> letters;
        values(letters);
        value.assign(letters.begin(), letters.end());
    }

    template <class T>
    void count(std::vector<T>& list) {
        std::uint64_t n = 0;
        number(n);
        if (n > rest_.size() / 8) { // each takes a number at least
            broken();
        }
        list.resize(static_cast<std::size_t>(n));
    }

    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

private:
    std::span<std::byte const> rest_;
};

// One list of fields for both ways; a Sink leaves what it is given as it is.
template <class Way>
void pass(Way& way, double& value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    way.number(bits);
    value = std::bit_cast<double>(bits);
}

template <class Way, class T>
requires std::integral<T> || std::is_enum_v<T>

void pass(Way& way, T& value) {
    auto wide = static_cast<std::uint64_t>(value);
    way.number(wide);
    if (static_cast<std::uint64_t>(static_cast<T>(wide)) != wide) {
        broken();
    }
    value = static_cast<T>(wide);
}

template <class Way>
void pass(Way& way, std::optional<double>& value) {
    bool has = value.has_value();
    pass(way, has);
    double number = value.value_or(0.0);
    pass(way, number);
    value = has ? std::optional{number} : std::nullopt;
}

template <class Way>
void pass(Way& way, Measured& value) {
    pass(way, value.value);
    pass(way, value.sigma);
    pass(way, value.low);
    pass(way, value.high);
}

template <class Way, class T>
void pass(Way& way, PerPlane<T>& values) {
    for (T& value : values) {
        pass(way, value);
    }
}

template <class Way>
void pass(Way& way, PlaneProfile& plane) {
    for (Measured* one : {&plane.gain_dn,
                          &plane.read_noise_dn,
                          &plane.temporal_dark_dn,
                          &plane.dark_signal_dn,
                          &plane.saturation_dn,
                          &plane.prnu,
                          &plane.dsnu_dn,
                          &plane.row_noise_dn}) {
        pass(way, *one);
    }
    pass(way, plane.saturation_reached);
    for (auto* const one : {&plane.linearity_error, &plane.curvature_per_dn}) {
        bool is_known = one->has_value();
        pass(way, is_known);
        Measured number = one->value_or(Measured{});
        pass(way, number);
        *one = is_known ? std::optional{number} : std::nullopt;
    }
}

template <class Way>
void pass(Way& way, TransferPoint& point) {
    pass(way, point.exposure_s);
    pass(way, point.frames);
    pass(way, point.mean_dn);
    pass(way, point.variance_dn2);
    pass(way, point.in_gain);
    pass(way, point.in_flat);
}

template <class Way>
void pass(Way& way, CameraProfile& profile) {
    for (std::string* text :
         {&profile.make, &profile.model, &profile.unique_model, &profile.filter}) {
        way.text(*text);
    }
    pass(way, profile.iso);
    pass(way, profile.dark_exposure_s);
    pass(way, profile.simulated);
    pass(way, profile.shape.height);
    pass(way, profile.shape.width);
    for (Plane& plane : profile.cfa.cell) {
        pass(way, plane);
    }
    pass(way, profile.white_level_dn);
    pass(way, profile.black_dn);
    for (PlaneProfile& plane : profile.planes) {
        pass(way, plane);
    }
    pass(way, profile.dark_sigma_dn);
    pass(way, profile.flat_sigma);
    for (std::size_t* count : {&profile.hot_photosites,
                               &profile.dead_photosites,
                               &profile.dark_frames,
                               &profile.flat_pairs}) {
        pass(way, *count);
    }
    way.count(profile.transfer);
    for (TransferPoint& point : profile.transfer) {
        pass(way, point);
    }
    way.count(profile.notes);
    for (ProfileNote& note : profile.notes) {
        pass(way, note);
    }
    way.count(profile.sources);
    for (std::string& source : profile.sources) {
        way.text(source);
    }
    way.values(profile.dark_dn);
    way.values(profile.flat);
    way.values(profile.defects);
}

} // namespace

std::vector<std::byte> to_bytes(CameraProfile const& profile) {
    Sink sink;
    // A Sink changes nothing; the one list of fields is for both ways.
    pass(sink,
         const_cast<CameraProfile&>(profile)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return sink.take();
}

CameraProfile to_camera_profile(std::span<std::byte const> bytes) {
    Source source{bytes};
    CameraProfile profile;
    pass(source, profile);
    if (!source.is_empty()) {
        broken();
    }
    return profile;
}

} // namespace cmq::capture
