"use strict";
// Finds units, areas and criteria among window.TIM: rows of name, kind, address, other words.
(function () {
  var most = 60;
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  }
  var query = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 100);
  var field = document.getElementById("tim");
  var place = document.getElementById("tim-thay");
  if (!query || !place) { return; }
  if (field) { field.value = query; }
  var sought = fold(query);
  var found = window.TIM.filter(function (row) {
    return fold(row[0]).indexOf(sought) >= 0 || fold(row[3]).indexOf(sought) >= 0;
  });
  function add(parent, name, text) {
    var element = document.createElement(name);
    if (text) { element.textContent = text; }
    parent.appendChild(element);
    return element;
  }
  var vietnamese = document.documentElement.lang === "vi";
  function say(vi, en) { return vietnamese ? vi : en; }
  function nothing() {
    return say("Không tìm thấy «" + query + "» trong tên đơn vị, lĩnh vực và tiêu chí của năm.",
      "“" + query + "” was not found in the names of the year’s units, areas and criteria, which are in Vietnamese.");
  }
  function counted() {
    var more = found.length > most;
    return say("Tìm thấy " + found.length + " mục có «" + query + "»" + (more ? "; " + most + " mục đầu:" : ":"),
      found.length + (found.length === 1 ? " result" : " results") + " for “" + query + "”"
        + (more ? "; the first " + most + ":" : ":"));
  }
  var lede = document.querySelector("main .lede");
  if (lede) { lede.textContent = found.length === 0 ? nothing() : counted(); }
  // Other ways are offered only to those who found nothing.
  var ways = document.querySelector("main > ul.onward");
  if (ways && found.length > 0) { ways.parentNode.removeChild(ways); }
  var list = add(place, "ul");
  list.className = "onward";
  found.slice(0, most).forEach(function (row) {
    var item = add(list, "li");
    var link = add(item, "a", row[0]);
    link.href = row[2];
    if (!vietnamese) { link.lang = "vi"; }
    item.appendChild(document.createTextNode(" (" + row[1] + ")"));
  });
  if (found.length === 0) { place.removeChild(list); }
}());
