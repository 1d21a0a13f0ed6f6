// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/pdf_tags.hpp"

#include "report/html_escape.hpp"

#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include <utility>

namespace cmq::render {

namespace {

char const* role_name(Role role) {
    switch (role) {
    case Role::document:
        return "/Document";
    case Role::division:
        return "/Div";
    case Role::h1:
        return "/H1";
    case Role::h2:
        return "/H2";
    case Role::h3:
        return "/H3";
    case Role::h4:
        return "/H4";
    case Role::paragraph:
        return "/P";
    case Role::list_bulleted:
    case Role::list_numbered:
        return "/L";
    case Role::list_item:
        return "/LI";
    case Role::list_label:
        return "/Lbl";
    case Role::list_body:
        return "/LBody";
    case Role::table:
        return "/Table";
    case Role::table_row:
        return "/TR";
    case Role::column_header:
    case Role::row_header:
        return "/TH";
    case Role::cell:
        return "/TD";
    case Role::caption:
        return "/Caption";
    case Role::figure:
        return "/Figure";
    case Role::contents:
        return "/TOC";
    case Role::contents_item:
        return "/TOCI";
    case Role::link:
        return "/Link";
    }
    return "/Div";
}

bool is_cell(Role role) {
    return role == Role::column_header || role == Role::row_header || role == Role::cell;
}

class TreeWriter {
public:
    TreeWriter(QPDF& pdf, Structure const& structure, PageScale const& scale)
        : pdf_{pdf}
        , structure_{structure}
        , scale_{scale}
        , pages_{QPDFPageDocumentHelper{pdf}.getAllPages()}
        , content_(structure.elements().size()) {}

    void write() {
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            tag_page(i);
        }
        make_elements();
        write_parents();
        QPDFObjectHandle root = pdf_.makeIndirectObject(QPDFObjectHandle::newDictionary());
        root.replaceKey("/Type", QPDFObjectHandle::newName("/StructTreeRoot"));
        auto const kids = QPDFObjectHandle::newArray();
        QPDFObjectHandle top = kids;
        top.appendItem(objects_[0]);
        root.replaceKey("/K", top);
        objects_[0].replaceKey("/P", root);
        auto parent_tree = QPDFObjectHandle::newDictionary();
        parent_tree.replaceKey("/Nums", numbers_);
        root.replaceKey("/ParentTree", pdf_.makeIndirectObject(parent_tree));
        root.replaceKey("/ParentTreeNextKey",
                        QPDFObjectHandle::newInteger(static_cast<long long>(next_key_)));
        QPDFObjectHandle catalog = pdf_.getRoot();
        catalog.replaceKey("/StructTreeRoot", root);
        auto mark_info = QPDFObjectHandle::newDictionary();
        mark_info.replaceKey("/Marked", QPDFObjectHandle::newBool(true));
        catalog.replaceKey("/MarkInfo", mark_info);
    }

private:
    // Where an element's content stands.
    struct Sequence {
        std::size_t page = 0;
        std::size_t number = 0;
    };

    void tag_page(std::size_t index) {
        QPDFObjectHandle page = pages_[index].getObjectHandle();
        QPDFObjectHandle contents = page.getKey("/Contents");
        auto const data = contents.getStreamData();
        TaggedPage tagged = replace_marks(
            {reinterpret_cast<char const*>(data->getBuffer()), data->getSize()}, true);
        contents.replaceStreamData(
            tagged.operators, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
        for (std::size_t number = 0; number < tagged.elements.size(); ++number) {
            content_.at(tagged.elements[number]).push_back({.page = index, .number = number});
        }
        page.replaceKey("/StructParents",
                        QPDFObjectHandle::newInteger(static_cast<long long>(index)));
        page.replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
        on_page_.push_back(std::move(tagged.elements));
    }

    // Children follow their parents in the list, so that a walk from its end knows which have content.
    void make_elements() {
        auto const& elements = structure_.elements();
        std::vector<bool> kept(elements.size(), false);
        for (std::size_t i = elements.size(); i-- > 0;) {
            kept[i] = kept[i] || i == 0 || !content_[i].empty() || is_cell(elements[i].role);
            if (kept[i]) {
                kept[elements[i].parent] = true;
            }
        }
        objects_.resize(elements.size());
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (kept[i]) {
                make_element(i);
            }
        }
    }

    void make_element(std::size_t id) {
        Element const& element = structure_.elements()[id];
        QPDFObjectHandle object = pdf_.makeIndirectObject(QPDFObjectHandle::newDictionary());
        objects_[id] = object;
        object.replaceKey("/Type", QPDFObjectHandle::newName("/StructElem"));
        object.replaceKey("/S", QPDFObjectHandle::newName(role_name(element.role)));
        object.replaceKey("/K", QPDFObjectHandle::newArray());
        if (id > 0) {
            object.replaceKey("/P", objects_[element.parent]);
            objects_[element.parent].getKey("/K").appendItem(object);
        }
        for (Sequence const& sequence : content_[id]) {
            auto reference = QPDFObjectHandle::newDictionary();
            reference.replaceKey("/Type", QPDFObjectHandle::newName("/MCR"));
            reference.replaceKey("/Pg", pages_[sequence.page].getObjectHandle());
            reference.replaceKey(
                "/MCID", QPDFObjectHandle::newInteger(static_cast<long long>(sequence.number)));
            object.getKey("/K").appendItem(reference);
        }
        if (element.role == Role::figure) {
            object.replaceKey("/Alt",
                              QPDFObjectHandle::newUnicodeString(report::clean_text(element.alt)));
        }
        add_attributes(object, element);
        if (element.role == Role::link) {
            add_link(object, element);
        }
    }

    void add_attributes(QPDFObjectHandle object, Element const& element) {
        auto const attributes =
            [&object](char const* owner, char const* key, QPDFObjectHandle const& value) {
                auto dictionary = QPDFObjectHandle::newDictionary();
                dictionary.replaceKey("/O", QPDFObjectHandle::newName(owner));
                dictionary.replaceKey(key, value);
                object.replaceKey("/A", dictionary);
            };
        switch (element.role) {
        case Role::column_header:
            attributes("/Table", "/Scope", QPDFObjectHandle::newName("/Column"));
            break;
        case Role::row_header:
            attributes("/Table", "/Scope", QPDFObjectHandle::newName("/Row"));
            break;
        case Role::list_bulleted:
            attributes("/List", "/ListNumbering", QPDFObjectHandle::newName("/Disc"));
            break;
        case Role::list_numbered:
            attributes("/List", "/ListNumbering", QPDFObjectHandle::newName("/Decimal"));
            break;
        case Role::figure:
            if (element.page) {
                attributes("/Layout", "/BBox", to_rectangle(element.box));
            }
            break;
        default:
            break;
        }
    }

    [[nodiscard]] QPDFObjectHandle to_rectangle(QRectF const& box) const {
        auto rectangle = QPDFObjectHandle::newArray();
        double const unit = scale_.units_per_pt;
        for (double const each : {box.left() / unit,
                                  scale_.height_pt - box.bottom() / unit,
                                  box.right() / unit,
                                  scale_.height_pt - box.top() / unit}) {
            rectangle.appendItem(QPDFObjectHandle::newReal(each, 2));
        }
        return rectangle;
    }

    // The annotation of a link, and its place in the tree.
    void add_link(QPDFObjectHandle object, Element const& element) {
        auto const anchor = structure_.anchors().find(element.target);
        if (!element.page || anchor == structure_.anchors().end()) {
            return;
        }
        QPDFObjectHandle page = pages_.at(*element.page).getObjectHandle();
        QPDFObjectHandle link = pdf_.makeIndirectObject(QPDFObjectHandle::newDictionary());
        link.replaceKey("/Type", QPDFObjectHandle::newName("/Annot"));
        link.replaceKey("/Subtype", QPDFObjectHandle::newName("/Link"));
        link.replaceKey("/Rect", to_rectangle(element.box));
        link.replaceKey("/F", QPDFObjectHandle::newInteger(4)); // printed: PDF/A wants it
        auto border = QPDFObjectHandle::newArray();
        for (int i = 0; i < 3; ++i) {
            border.appendItem(QPDFObjectHandle::newInteger(0));
        }
        link.replaceKey("/Border", border);
        link.replaceKey("/Contents",
                        QPDFObjectHandle::newUnicodeString(report::clean_text(element.alt)));
        auto destination = QPDFObjectHandle::newArray();
        destination.appendItem(pages_.at(anchor->second.page).getObjectHandle());
        destination.appendItem(QPDFObjectHandle::newName("/XYZ"));
        destination.appendItem(QPDFObjectHandle::newInteger(0));
        destination.appendItem(QPDFObjectHandle::newReal(
            scale_.height_pt - anchor->second.y / scale_.units_per_pt + 6.0, 1));
        destination.appendItem(QPDFObjectHandle::newInteger(0));
        link.replaceKey("/Dest", destination);
        std::size_t const key = pages_.size() + links_.size();
        link.replaceKey("/StructParent", QPDFObjectHandle::newInteger(static_cast<long long>(key)));
        links_.push_back(object);
        auto reference = QPDFObjectHandle::newDictionary();
        reference.replaceKey("/Type", QPDFObjectHandle::newName("/OBJR"));
        reference.replaceKey("/Pg", page);
        reference.replaceKey("/Obj", link);
        object.getKey("/K").appendItem(reference);
        if (!page.hasKey("/Annots")) {
            page.replaceKey("/Annots", QPDFObjectHandle::newArray());
        }
        page.getKey("/Annots").appendItem(link);
    }

    void write_parents() {
        for (std::size_t page = 0; page < on_page_.size(); ++page) {
            auto owners = QPDFObjectHandle::newArray();
            for (std::size_t const id : on_page_[page]) {
                owners.appendItem(objects_[id]);
            }
            add_number(page, pdf_.makeIndirectObject(owners));
        }
        for (std::size_t i = 0; i < links_.size(); ++i) {
            add_number(pages_.size() + i, links_[i]);
        }
        next_key_ = pages_.size() + links_.size();
    }

    void add_number(std::size_t key, QPDFObjectHandle const& value) {
        numbers_.appendItem(QPDFObjectHandle::newInteger(static_cast<long long>(key)));
        numbers_.appendItem(value);
    }

    QPDF& pdf_;
    Structure const& structure_;
    PageScale scale_;
    std::vector<QPDFPageObjectHelper> pages_;
    std::vector<std::vector<Sequence>> content_;    // of each element
    std::vector<std::vector<std::size_t>> on_page_; // elements of each page's sequences
    std::vector<QPDFObjectHandle> objects_;         // of each element that is kept
    std::vector<QPDFObjectHandle> links_; // elements of the links, in the order of their keys
    QPDFObjectHandle numbers_ = QPDFObjectHandle::newArray();
    std::size_t next_key_ = 0;
};

} // namespace

void write_structure(QPDF& pdf, Structure const& structure, PageScale const& scale) {
    TreeWriter{pdf, structure, scale}.write();
}

void drop_marks(QPDF& pdf) {
    for (auto& page : QPDFPageDocumentHelper{pdf}.getAllPages()) {
        QPDFObjectHandle contents = page.getObjectHandle().getKey("/Contents");
        auto const data = contents.getStreamData();
        TaggedPage const plain = replace_marks(
            {reinterpret_cast<char const*>(data->getBuffer()), data->getSize()}, false);
        contents.replaceStreamData(
            plain.operators, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

} // namespace cmq::render
