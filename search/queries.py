"""Statements that gather what a thing's search document is made of, and those over documents."""

from typing import Final

from sqlalchemy import TextClause, text

PRODUCT_SOURCES: Final = text("""
    SELECT p.id, p.name, p.description, p.attributes, p.business_id, p.category_id,
        coalesce(p.origin_place_id, b.place_id) AS place_id,
        coalesce(p.published_at, p.created_at) AS created_at,
        b.name AS business_name, b.kind AS business_kind, b.verification_level,
        en.name AS name_en, gi.name AS indication,
        best.stars, best.expires_on AS stars_until,
        listed.prices, listed.is_in_stock, packed.names AS variant_names
    FROM products p
    JOIN businesses b ON b.id = p.business_id
    LEFT JOIN product_translations en ON en.product_id = p.id AND en.language = 'en'
    LEFT JOIN geographical_indications gi ON gi.id = p.geographical_indication_id
    LEFT JOIN LATERAL (
        SELECT o.stars, o.expires_on FROM ocop_certificates o
        WHERE o.product_id = p.id AND o.issued_on <= :today AND o.expires_on >= :today
        ORDER BY o.stars DESC, o.expires_on DESC LIMIT 1
    ) AS best ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(c.slug, l.lowest_amount) AS prices,
            bool_or(l.available > 0) AS is_in_stock
        FROM product_listings l JOIN channels c ON c.id = l.channel_id
        WHERE l.product_id = p.id
    ) AS listed ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(v.name ORDER BY v.position) AS names
        FROM product_variants v WHERE v.product_id = p.id AND v.is_active
    ) AS packed ON true
    WHERE p.id = ANY(:ids) AND p.is_displayed
""")

BUSINESS_SOURCES: Final = text("""
    SELECT b.id, b.name, b.kind, b.verification_level, b.place_id, b.hamlet, b.story,
        b.created_at, en.name AS name_en,
        (
            SELECT array_agg(DISTINCT c.name) FROM products p
            JOIN categories c ON c.id = p.category_id
            WHERE p.business_id = b.id AND p.is_displayed
        ) AS category_names
    FROM businesses b
    LEFT JOIN business_translations en ON en.business_id = b.id AND en.language = 'en'
    WHERE b.id = ANY(:ids) AND b.state = 'active'
""")

PLACE_SOURCES: Final = text("""
    SELECT p.id, p.full_name, p.description, p.valid_from, en.full_name AS name_en
    FROM places p
    LEFT JOIN place_translations en ON en.place_id = p.id AND en.language = 'en'
    WHERE p.id = ANY(:ids) AND p.level = 'commune' AND p.valid_to IS NULL
""")

PAGE_SOURCES: Final = text("""
    SELECT p.id, p.title, p.content, p.updated_at, en.title AS name_en
    FROM pages p
    LEFT JOIN page_translations en ON en.page_id = p.id AND en.language = 'en'
    WHERE p.id = ANY(:ids) AND p.is_published
""")

COMMUNES: Final = text("""
    SELECT p.id, p.code, p.full_name, p.latitude, p.longitude,
        (
            SELECT array_agg(DISTINCT o.full_name) FROM place_successions s
            JOIN places o ON o.id = s.predecessor_id WHERE s.successor_id = p.id
        ) AS former_names,
        (
            SELECT array_agg(DISTINCT o.code) FROM place_successions s
            JOIN places o ON o.id = s.predecessor_id
            WHERE s.successor_id = p.id AND o.level = 'district'
        ) AS districts,
        (SELECT array_agg(a.folded) FROM place_aliases a WHERE a.place_id = p.id) AS aliases
    FROM places p
    WHERE p.level = 'commune' AND p.valid_to IS NULL
""")

CATEGORIES: Final = text("""
    SELECT c.id, c.parent_id, c.slug, c.name, c.position, en.name AS name_en, en.slug AS slug_en
    FROM categories c
    LEFT JOIN category_translations en ON en.category_id = c.id AND en.language = 'en'
    ORDER BY c.level, c.position, c.id
""")

CHOICES: Final = text("""
    SELECT a.slug AS attribute, c.slug, c.name FROM attribute_choices c
    JOIN attributes a ON a.id = c.attribute_id
""")

HOLD: Final[dict[str, TextClause]] = {
    "product": text("SELECT id FROM products WHERE id = ANY(:ids) ORDER BY id FOR SHARE"),
    "business": text("SELECT id FROM businesses WHERE id = ANY(:ids) ORDER BY id FOR SHARE"),
    "place": text("SELECT id FROM places WHERE id = ANY(:ids) ORDER BY id FOR SHARE"),
    "page": text("SELECT id FROM pages WHERE id = ANY(:ids) ORDER BY id FOR SHARE"),
}

# Everything there is of a kind, walked along its key.
IDS_AFTER: Final[dict[str, TextClause]] = {
    "product": text("SELECT id FROM products WHERE id > :after ORDER BY id LIMIT :limit"),
    "business": text("SELECT id FROM businesses WHERE id > :after ORDER BY id LIMIT :limit"),
    "place": text(
        "SELECT id FROM places WHERE id > :after AND level = 'commune' AND valid_to IS NULL"
        " ORDER BY id LIMIT :limit",
    ),
    "page": text("SELECT id FROM pages WHERE id > :after ORDER BY id LIMIT :limit"),
}

PRODUCTS_OF_BUSINESS: Final = text("""
    SELECT p.id FROM products p
    WHERE p.business_id = :business_id AND p.id > :after ORDER BY p.id LIMIT :limit
""")

# A commune, or the communes of today on the land of a unit of old.
COMMUNES_OF: Final = text("""
    SELECT p.id FROM places p WHERE p.level = 'commune' AND p.valid_to IS NULL AND (
        p.id = :place_id OR p.id IN (
            SELECT s.successor_id FROM place_successions s WHERE s.predecessor_id = :place_id)
    )
""")

BUSINESSES_OF_PLACES: Final = text("SELECT id FROM businesses WHERE place_id = ANY(:place_ids)")

PRODUCTS_OF_PLACES: Final = text("""
    SELECT p.id FROM products p JOIN businesses b ON b.id = p.business_id
    WHERE coalesce(p.origin_place_id, b.place_id) = ANY(:place_ids) AND p.id > :after
    ORDER BY p.id LIMIT :limit
""")

# A maker is found by what it makes: these are the makers of goods not sent yet.
MAKERS_OF_UNSENT: Final = text("""
    SELECT DISTINCT p.business_id FROM search_documents d
    JOIN products p ON p.id = d.thing_id
    WHERE d.kind = 'product' AND d.pushed_digest IS DISTINCT FROM d.digest
""")

# Where there is no engine to send to, everything counts as sent.
SETTLE: Final = text("""
    UPDATE search_documents SET pushed_digest = digest WHERE pushed_digest IS DISTINCT FROM digest
""")

FORGET_REMOVED: Final = text("""
    DELETE FROM search_documents WHERE is_removed AND pushed_digest = digest
""")

# Stars that ended, and certificates that begin today.
PRODUCTS_WITH_OTHER_STARS: Final = text("""
    SELECT thing_id FROM search_documents
    WHERE kind = 'product' AND stars_until < :today AND NOT is_removed
    UNION
    SELECT o.product_id FROM ocop_certificates o
    JOIN search_documents d ON d.kind = 'product' AND d.thing_id = o.product_id
    WHERE o.issued_on <= :today AND o.expires_on >= :today AND NOT d.is_removed
        AND (d.stars IS NULL OR d.stars < o.stars)
    LIMIT 5000
""")

WRITE: Final = text("""
    INSERT INTO search_documents AS s (
        kind, thing_id, title, title_folded, folded, marked, business_id, categories, commune,
        old_districts, stars, stars_until, seller_kind, is_in_stock, prices, latitude, longitude,
        weight, created_at, document, digest, is_removed, changed_at
    )
    SELECT d.kind, d.thing_id, d.title, d.title_folded,
        setweight(to_tsvector('simple', d.folded_a), 'A')
            || setweight(to_tsvector('simple', d.folded_b), 'B')
            || setweight(to_tsvector('simple', d.folded_c), 'C')
            || setweight(to_tsvector('simple', d.folded_d), 'D'),
        setweight(to_tsvector('simple', d.marked_a), 'A')
            || setweight(to_tsvector('simple', d.marked_b), 'B'),
        d.business_id, d.categories, d.commune, d.old_districts, d.stars, d.stars_until,
        d.seller_kind, d.is_in_stock, d.prices, d.latitude, d.longitude, d.weight, d.created_at,
        d.document, d.digest, false, now()
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS d(
        kind text, thing_id uuid, title text, title_folded text, folded_a text, folded_b text,
        folded_c text, folded_d text, marked_a text, marked_b text, business_id uuid,
        categories varchar[], commune text, old_districts varchar[], stars smallint,
        stars_until date, seller_kind text, is_in_stock boolean, prices jsonb,
        latitude double precision, longitude double precision, weight smallint,
        created_at timestamptz, document jsonb, digest text
    )
    ORDER BY d.kind, d.thing_id
    ON CONFLICT (kind, thing_id) DO UPDATE SET
        title = excluded.title, title_folded = excluded.title_folded, folded = excluded.folded,
        marked = excluded.marked, business_id = excluded.business_id,
        categories = excluded.categories, commune = excluded.commune,
        old_districts = excluded.old_districts, stars = excluded.stars,
        stars_until = excluded.stars_until, seller_kind = excluded.seller_kind,
        is_in_stock = excluded.is_in_stock, prices = excluded.prices,
        latitude = excluded.latitude, longitude = excluded.longitude, weight = excluded.weight,
        created_at = excluded.created_at, document = excluded.document,
        digest = excluded.digest, is_removed = false, changed_at = excluded.changed_at
    WHERE s.digest IS DISTINCT FROM excluded.digest
    RETURNING s.thing_id
""")

REMOVE: Final = text("""
    UPDATE search_documents SET is_removed = true, digest = '', changed_at = now()
    WHERE kind = :kind AND thing_id = ANY(:ids) AND NOT is_removed
    RETURNING thing_id
""")

# Documents of things that are no longer there at all.
ORPHANS: Final = text("""
    SELECT kind, thing_id FROM search_documents d WHERE NOT is_removed AND CASE kind
        WHEN 'product' THEN NOT EXISTS (
            SELECT FROM products p WHERE p.id = d.thing_id AND p.is_displayed)
        WHEN 'business' THEN NOT EXISTS (
            SELECT FROM businesses b WHERE b.id = d.thing_id AND b.state = 'active')
        WHEN 'place' THEN NOT EXISTS (
            SELECT FROM places p WHERE p.id = d.thing_id AND p.valid_to IS NULL)
        ELSE NOT EXISTS (SELECT FROM pages p WHERE p.id = d.thing_id AND p.is_published)
    END LIMIT 5000
""")

UNSENT: Final = text("""
    SELECT kind, thing_id, digest, is_removed, document FROM search_documents
    WHERE pushed_digest IS DISTINCT FROM digest ORDER BY kind, thing_id LIMIT :limit
""")

HAS_UNSENT: Final = text("""
    SELECT EXISTS (SELECT FROM search_documents WHERE pushed_digest IS DISTINCT FROM digest)
""")

# Only what has not changed again since it was read counts as sent.
MARK_SENT: Final = text("""
    UPDATE search_documents s SET pushed_digest = s.digest
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS sent(kind text, thing_id uuid, digest text)
    WHERE s.kind = sent.kind AND s.thing_id = sent.thing_id AND s.digest = sent.digest
""")

FORGET_SENT: Final = text("""
    DELETE FROM search_documents
    WHERE is_removed AND pushed_digest = digest
        AND (kind, thing_id) IN (
            SELECT r.kind, r.thing_id
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(kind text, thing_id uuid)
        )
""")

DOCUMENTS_AFTER: Final = text("""
    SELECT kind, thing_id, digest, is_removed, document FROM search_documents
    WHERE NOT is_removed AND (kind, thing_id) > (:kind, CAST(:after AS uuid))
    ORDER BY kind, thing_id LIMIT :limit
""")

COUNTS: Final = text("""
    SELECT kind, count(*) AS documents FROM search_documents WHERE NOT is_removed GROUP BY kind
""")

DIGESTS: Final = text("""
    SELECT kind || '-' || thing_id AS key, digest FROM search_documents
    WHERE NOT is_removed AND pushed_digest = digest
""")

KEYS: Final = text("SELECT kind || '-' || thing_id AS key FROM search_documents")

MARK_UNSENT: Final = text("""
    UPDATE search_documents SET pushed_digest = NULL
    WHERE kind || '-' || thing_id = ANY(:keys)
""")
