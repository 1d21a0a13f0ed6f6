// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth.hpp"

namespace cmq::capture {

std::string_view to_text(FactKind kind) noexcept {
    switch (kind) {
    case FactKind::tags_unreadable:
        return "tags_unreadable";
    case FactKind::exposure_automatic:
        return "exposure_automatic";
    case FactKind::white_balance_automatic:
        return "white_balance_automatic";
    case FactKind::iso_automatic:
        return "iso_automatic";
    case FactKind::saturation:
        return "saturation";
    case FactKind::long_exposure:
        return "long_exposure";
    case FactKind::flash:
        return "flash";
    case FactKind::zoom:
        return "zoom";
    case FactKind::processing:
        return "processing";
    case FactKind::account_time:
        return "account_time";
    case FactKind::times:
        return "times";
    case FactKind::gps_time:
        return "gps_time";
    case FactKind::name_time:
        return "name_time";
    case FactKind::software:
        return "software";
    case FactKind::history:
        return "history";
    case FactKind::converted:
        return "converted";
    case FactKind::maker_notes:
        return "maker_notes";
    case FactKind::preview:
        return "preview";
    case FactKind::gps_position:
        return "gps_position";
    case FactKind::orientation:
        return "orientation";
    case FactKind::several_pictures:
        break;
    }
    return "several_pictures";
}

Words words(FactKind kind) {
    switch (kind) {
    case FactKind::tags_unreadable:
        return {"étiquettes illisibles", "unreadable tags"};
    case FactKind::exposure_automatic:
        return {"pose automatique", "automatic exposure"};
    case FactKind::white_balance_automatic:
        return {"balance des blancs automatique", "automatic white balance"};
    case FactKind::iso_automatic:
        return {"sensibilité automatique", "automatic ISO"};
    case FactKind::saturation:
        return {"saturation", "saturation"};
    case FactKind::long_exposure:
        return {"pose longue sans image d’obscurité", "long exposure without a dark frame"};
    case FactKind::flash:
        return {"flash", "flash"};
    case FactKind::zoom:
        return {"zoom numérique ou recadrage", "digital zoom or crop"};
    case FactKind::processing:
        return {"traitement dans l’appareil", "processing in the camera"};
    case FactKind::account_time:
        return {"écart avec l’heure indiquée", "difference from the time stated"};
    case FactKind::times:
        return {"heures qui se contredisent", "times that contradict each other"};
    case FactKind::gps_time:
        return {"écart avec l’heure GPS", "difference from the GPS time"};
    case FactKind::name_time:
        return {"écart avec l’heure du nom de fichier",
                "difference from the time in the file's name"};
    case FactKind::software:
        return {"logiciel autre que l’appareil", "software other than the camera's"};
    case FactKind::history:
        return {"historique de retouches", "history of edits"};
    case FactKind::converted:
        return {"conversion en DNG", "conversion to DNG"};
    case FactKind::maker_notes:
        return {"données du fabricant manquantes", "missing maker notes"};
    case FactKind::preview:
        return {"aperçu différent de l’image", "preview unlike the picture"};
    case FactKind::gps_position:
        return {"position GPS", "GPS position"};
    case FactKind::orientation:
        return {"rotation à l’affichage", "rotation on display"};
    case FactKind::several_pictures:
        break;
    }
    return {"plusieurs images", "several pictures"};
}

} // namespace cmq::capture
