// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/application.hpp"

#include "core/error.hpp"

#include <QApplication>
#include <QFontDatabase>
#include <QHashSeed>
#include <QThread>

#include <clocale>
#include <string>

namespace cmq::render {

namespace {

// Qt prints notes about the machine ("XDG_RUNTIME_DIR not set"); what matters is an Error here.
void drop_message(QtMsgType /*type*/,
                  QMessageLogContext const& /*where*/,
                  QString const& /*text*/) {}

void start_application() {
    qInstallMessageHandler(drop_message);
    // The order of a QHash decides the order of fonts in a PDF.
    QHashSeed::setDeterministicGlobalSeed();
    // Without a display the default platform plugin aborts the program.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static int argument_count = 1;
    static char name[] = "contremarque";        // NOLINT(modernize-avoid-c-arrays): argv
    static char* arguments[] = {name, nullptr}; // NOLINT(modernize-avoid-c-arrays): argv
    // Never deleted: Qt's own statics may be gone before ours when the program ends.
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): see above
    [[maybe_unused]] static auto* const application = new QApplication(argument_count, arguments);
    QApplication::setQuitOnLastWindowClosed(false);
    (void)std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe)
}

void check_fonts() {
    for (char const* family : {"Liberation Sans", "Liberation Serif", "Liberation Mono"}) {
        if (!QFontDatabase::hasFamily(QString::fromLatin1(family))) {
            throw Error{ErrorKind::io,
                        {"la police {} n’est pas installée, et un document serait sans texte : "
                         "installer le paquet fonts-liberation2",
                         "the font {} is not installed, and without it a document would have no "
                         "text: install the package fonts-liberation2"},
                        family};
        }
    }
}

} // namespace

void ensure_application() {
    if (QCoreApplication::instance() == nullptr) {
        start_application();
    }
    // Charts need the widgets' application; painting them belongs to its thread.
    CMQ_EXPECTS(qobject_cast<QApplication*>(QCoreApplication::instance()) != nullptr);
    CMQ_EXPECTS(QThread::currentThread() == QCoreApplication::instance()->thread());
    check_fonts();
}

} // namespace cmq::render
