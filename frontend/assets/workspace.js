// What the seller's pages gain with JavaScript: photos made small before they travel, a look at
// them, and photos that can be dragged into their order. Everything works without it.
(() => {
  const LONGEST = 1600;
  const QUALITY = 0.85;
  const small = async (file) => {
    if (!file.type.startsWith("image/") || file.type === "image/gif") return file;
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (!bitmap) return file;
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    if (scale === 1 && file.size < 600000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  };
  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-shrink]")) return;
    const row = input.closest(".field").querySelector("[data-previews]");
    const shrunk = new DataTransfer();
    row?.replaceChildren();
    for (const file of input.files) {
      const light = await small(file);
      shrunk.items.add(light);
      const picture = new Image(72, 72);
      picture.alt = file.name;
      picture.src = await new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(light);
      });
      row?.append(picture);
    }
    input.files = shrunk.files;
  });

  document.querySelectorAll("[data-sortable]").forEach((list) => {
    let held = null;
    for (const item of list.children) item.draggable = true;
    list.addEventListener("dragstart", (event) => {
      held = event.target.closest("[data-key]");
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-key]");
      if (!held || !over || over === held) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      const isBelow = event.clientY > box.top + box.height / 2;
      list.insertBefore(held, isBelow ? over.nextSibling : over);
    });
    list.addEventListener("drop", (event) => event.preventDefault());
    list.addEventListener("dragend", () => {
      if (!held) return;
      held = null;
      const keys = [...list.children].map((item) => item.dataset.key).join(",");
      const action = document.createElement("input");
      Object.assign(action, { type: "hidden", name: "action", value: `order:${keys}` });
      const form = list.closest("form");
      form.append(action);
      form.submit();
    });
  });
})();
