# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another organisation's brand leaves the stylesheet, and nothing else does."""

import pytest

from fingerpost.kit import brand


def test_typeface_goes_and_the_system_font_stays() -> None:
    face = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
    css = face + ".a{font-family:GDS Transport,arial,sans-serif}"

    assert brand.plain_css(css) == ".a{font-family:arial,sans-serif}"


def test_brand_rules_go_also_inside_media_queries() -> None:
    css = ".a{x:1}@media (min-width:40em){.govuk-header__logotype{x:1}.b{x:1}}@media print{.govuk-footer__crown{x:1}}"

    assert brand.plain_css(css) == ".a{x:1}@media (min-width:40em){.b{x:1}}"


def test_a_shared_rule_keeps_its_other_selectors() -> None:
    assert brand.plain_css(".a,.govuk-header__logo,.govuk-footer__copyright-logo:link{x:1}") == ".a{x:1}"


def test_a_declaration_with_an_asset_goes_and_its_neighbours_stay() -> None:
    css = ".a{x:1;background:url(/assets/images/govuk-crest.svg);y:2}"

    assert brand.plain_css(css) == ".a{x:1;y:2}"


def test_comments_and_source_maps_go() -> None:
    assert brand.plain_css("/* crown */.a{x:1}/*# sourceMappingURL=a.map */") == ".a{x:1}"
    assert brand.plain_js("run();//# sourceMappingURL=a.js.map") == "run();\n"


def test_statements_stay() -> None:
    assert brand.plain_css('@charset "UTF-8";.a{x:1}') == '@charset "UTF-8";.a{x:1}'


def test_cleaning_twice_changes_nothing() -> None:
    once = brand.plain_css("@media print{.a{x:1}.govuk-header{x:1}}.b{font-family:GDS Transport,arial}")

    assert brand.plain_css(once) == once


@pytest.mark.parametrize("script", ["draw('crown')", "class='govuk-logo'", "'GDS Transport'"])
def test_a_script_that_names_the_brand_is_refused(script: str) -> None:
    with pytest.raises(brand.StillBranded, match="teach"):
        brand.plain_js(script)


def test_a_stylesheet_that_is_cut_short_is_refused() -> None:
    with pytest.raises(brand.StillBranded, match="never closed"):
        brand.plain_css(".a{x:1}@media print{.b{x:1}")
