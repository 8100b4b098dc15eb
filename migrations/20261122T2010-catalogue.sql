-- The catalogue of the marketplace: a produce tree, what is to be told of a product and of an offer of it, prices by group
-- and number, pictures, pavilions with rules of who sees them.

-- A reference table like the areas: three levels, `fruit/tropical/mango`; a product lies at any of them.
create table produce_class (
  path text collate "C" primary key check (path ~ '^[a-z-]+(/[a-z-]+){0,2}$'),
  level int not null check (level between 1 and 3),
  name_zh text not null,
  name_en text not null,
  -- what people also call it
  synonyms text[] not null,
  -- names of its goods in quotations of wholesale markets, the nearest first
  market_items text[] not null
);
grant select on produce_class to silian_app, silian_batch;

alter table product add column variety text not null default '';
alter table product add column grade text not null default '';
alter table product add column marks text[] not null default '{}'
  check (marks <@ '{shenzhen,green,organic,geographical,pollution_free}'::text[]);

create table product_certificate (
  programme_id text not null,
  id uuid not null,
  product_id uuid not null,
  kind text not null,
  number text not null,
  issuer text not null,
  valid_to date,
  source text not null,
  created_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, product_id, kind, number),
  foreign key (programme_id, product_id) references product (programme_id, id) on delete restrict
);
select scoped('product_certificate', 'select, insert, update', 'select');

-- Pictures as people see them: re-encoded, each size a file. One that was taken down is shown no more.
create table product_media (
  programme_id text not null,
  id uuid not null,
  product_id uuid not null,
  place int not null,
  alt_zh text not null,
  alt_en text not null,
  small_id uuid not null,
  middle_id uuid not null,
  large_id uuid not null,
  -- of the large one
  width int not null check (width > 0),
  height int not null check (height > 0),
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (programme_id, id),
  foreign key (programme_id, product_id) references product (programme_id, id) on delete restrict
);
select scoped('product_media', 'select, insert, update', 'select');
create index on product_media (programme_id, product_id, place) where removed_at is null;

alter table offer add column net_grams bigint check (net_grams > 0);
alter table offer add column lead_days int not null default 0 check (lead_days between 0 and 90);
alter table offer add column season_from int check (season_from between 1 and 12);
alter table offer add column season_to int check (season_to between 1 and 12);
alter table offer add constraint offer_season check ((season_from is null) = (season_to is null));
alter table offer add column shelf_life_days int check (shelf_life_days > 0);
alter table offer add column cold_chain boolean not null default false;
alter table offer add column least_pieces bigint not null default 1 check (least_pieces > 0);
alter table offer add column most_pieces bigint;
alter table offer add constraint offer_most_pieces check (most_pieces >= least_pieces);
-- what a seller knows it by; a sheet that comes again finds it by that
alter table offer add column code text check (code <> '');
create unique index offer_code on offer (programme_id, seller_id, code);
create index on offer (programme_id, seller_id, id);

-- What lowers the price of an offer for a group, or from a number of pieces on; of each version its own rows.
create table offer_price (
  programme_id text not null,
  offer_id uuid not null,
  version int not null,
  buyer_group text not null check (buyer_group in ('all', 'unit', 'union', 'citizen')),
  from_pieces bigint not null check (from_pieces > 0),
  price_fen bigint not null check (price_fen > 0),
  primary key (programme_id, offer_id, version, buyer_group, from_pieces),
  foreign key (programme_id, offer_id) references offer (programme_id, id) on delete restrict
);
select scoped('offer_price', 'select, insert', 'select');

alter table pavilion add column seen_by text[] not null default '{public}'
  check (seen_by <@ '{public,unit,union,citizen}'::text[]);
alter table pavilion add column classes text[] not null default '{}';
alter table pavilion add column marks text[] not null default '{}';
alter table pavilion add column banner_zh text not null default '';
alter table pavilion add column banner_en text not null default '';
alter table pavilion add column words_zh text not null default '';
alter table pavilion add column words_en text not null default '';
-- row of the domain reference, or `invented`
alter table pavilion add column source text not null default 'invented';
alter table pavilion add column place int not null default 0;

-- 上市月历: what is harvested where in which months.
create table harvest_season (
  programme_id text not null,
  class text collate "C" not null references produce_class (path),
  county_code text not null references area (code),
  months int[] not null check (months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::int[] and cardinality(months) > 0),
  source text not null,
  primary key (programme_id, class, county_code)
);
select scoped('harvest_season', 'select, insert, update', 'select');

-- the newest quotation of the goods of a class stands on every page of an offer
create index on market_price (item, on_date desc);

insert into produce_class (path, level, name_zh, name_en, synonyms, market_items) values
  ('fruit', 1, '水果', 'Fruit', '{鲜果}', '{}'),
  ('fruit/tropical', 2, '热带水果', 'Tropical fruit', '{}', '{}'),
  ('fruit/tropical/mango', 3, '芒果', 'Mango', '{檬果,杧果}', '{熟象牙芒果}'),
  ('fruit/tropical/banana', 3, '香蕉', 'Banana', '{芭蕉}', '{}'),
  ('fruit/tropical/pineapple', 3, '菠萝', 'Pineapple', '{凤梨}', '{}'),
  ('fruit/tropical/lychee', 3, '荔枝', 'Lychee', '{}', '{}'),
  ('fruit/tropical/longan', 3, '龙眼', 'Longan', '{桂圆}', '{}'),
  ('fruit/tropical/pitaya', 3, '火龙果', 'Pitaya', '{红龙果,青龙果}', '{}'),
  ('fruit/tropical/papaya', 3, '木瓜', 'Papaya', '{番木瓜}', '{}'),
  ('fruit/tropical/passion-fruit', 3, '百香果', 'Passion fruit', '{鸡蛋果,西番莲}', '{}'),
  ('fruit/tropical/guava', 3, '番石榴', 'Guava', '{芭乐}', '{}'),
  ('fruit/tropical/coconut', 3, '椰子', 'Coconut', '{}', '{}'),
  ('fruit/citrus', 2, '柑橘', 'Citrus', '{柑桔}', '{}'),
  ('fruit/citrus/orah', 3, '沃柑', 'Orah mandarin', '{}', '{贡柑}'),
  ('fruit/citrus/pomelo', 3, '柚子', 'Pomelo', '{柚,文旦}', '{红心蜜柚}'),
  ('fruit/citrus/mandarin', 3, '桔子', 'Mandarins and kumquats', '{橘子,砂糖橘,沙糖桔,金桔,金橘}', '{"沙糖桔(中果）",小金桔}'),
  ('fruit/citrus/orange', 3, '橙子', 'Orange', '{橙,脐橙,甜橙}', '{}'),
  ('fruit/citrus/lemon', 3, '柠檬', 'Lemon', '{}', '{}'),
  ('fruit/stone', 2, '核果', 'Stone fruit', '{}', '{}'),
  ('fruit/stone/peach', 3, '桃', 'Peach', '{桃子,蜜桃,水蜜桃}', '{小毛桃}'),
  ('fruit/stone/plum-fresh', 3, '李子', 'Plum', '{李,三华李}', '{}'),
  ('fruit/stone/cherry', 3, '樱桃', 'Cherry', '{车厘子}', '{}'),
  ('fruit/stone/apricot', 3, '杏', 'Apricot', '{杏子}', '{}'),
  ('fruit/stone/bayberry', 3, '杨梅', 'Bayberry', '{}', '{}'),
  ('fruit/berry', 2, '浆果', 'Berries', '{}', '{}'),
  ('fruit/berry/kiwi', 3, '猕猴桃', 'Kiwifruit', '{奇异果}', '{"猕猴桃（徐香）"}'),
  ('fruit/berry/grape', 3, '葡萄', 'Grape', '{提子,青提,红提}', '{红提葡萄}'),
  ('fruit/berry/pomegranate', 3, '石榴', 'Pomegranate', '{}', '{石榴}'),
  ('fruit/berry/strawberry', 3, '草莓', 'Strawberry', '{}', '{}'),
  ('fruit/berry/blueberry', 3, '蓝莓', 'Blueberry', '{}', '{}'),
  ('fruit/berry/persimmon', 3, '柿子', 'Persimmon', '{柿}', '{}'),
  ('fruit/pome', 2, '仁果', 'Pome fruit', '{}', '{}'),
  ('fruit/pome/apple', 3, '苹果', 'Apple', '{红富士}', '{"富士（纸袋Φ85以上）"}'),
  ('fruit/pome/pear', 3, '梨', 'Pear', '{雪梨,香梨}', '{}'),
  ('fruit/pome/loquat', 3, '枇杷', 'Loquat', '{}', '{}'),
  ('fruit/pome/hawthorn', 3, '山楂', 'Hawthorn', '{}', '{}'),
  ('fruit/melon-fruit', 2, '瓜果', 'Melons', '{}', '{}'),
  ('fruit/melon-fruit/watermelon', 3, '西瓜', 'Watermelon', '{}', '{}'),
  ('fruit/melon-fruit/hami-melon', 3, '哈密瓜', 'Hami melon', '{甜瓜}', '{}'),
  ('vegetable', 1, '蔬菜', 'Vegetables', '{青菜}', '{}'),
  ('vegetable/melon', 2, '瓜类', 'Gourds', '{}', '{}'),
  ('vegetable/melon/pumpkin', 3, '南瓜', 'Pumpkin', '{金瓜,番瓜}', '{南瓜}'),
  ('vegetable/melon/winter-melon', 3, '冬瓜', 'Winter melon', '{}', '{}'),
  ('vegetable/melon/cucumber', 3, '黄瓜', 'Cucumber', '{青瓜}', '{}'),
  ('vegetable/melon/bitter-gourd', 3, '苦瓜', 'Bitter gourd', '{凉瓜}', '{}'),
  ('vegetable/melon/chayote', 3, '佛手瓜', 'Chayote', '{}', '{}'),
  ('vegetable/solanaceous', 2, '茄果类', 'Fruiting vegetables', '{}', '{}'),
  ('vegetable/solanaceous/tomato', 3, '番茄', 'Tomato', '{西红柿,圣女果,小番茄,洋柿子}', '{"圣女果（千禧）",圣女果}'),
  ('vegetable/solanaceous/chili', 3, '辣椒', 'Chili', '{海椒,青椒}', '{}'),
  ('vegetable/solanaceous/eggplant', 3, '茄子', 'Aubergine', '{矮瓜}', '{}'),
  ('vegetable/leafy', 2, '叶菜类', 'Leafy vegetables', '{}', '{}'),
  ('vegetable/leafy/greens', 3, '菜心', 'Choy sum and kale', '{菜薹,芥蓝}', '{菜心}'),
  ('vegetable/leafy/cabbage', 3, '白菜', 'Chinese cabbage', '{大白菜,娃娃菜}', '{}'),
  ('vegetable/leafy/spinach', 3, '菠菜', 'Spinach', '{}', '{}'),
  ('vegetable/leafy/lettuce', 3, '生菜', 'Lettuce', '{}', '{}'),
  ('vegetable/tuber', 2, '薯芋类', 'Tubers', '{}', '{}'),
  ('vegetable/tuber/sweet-potato', 3, '红薯', 'Sweet potato', '{番薯,地瓜,甘薯,白薯}', '{红薯}'),
  ('vegetable/tuber/potato', 3, '土豆', 'Potato', '{马铃薯,洋芋}', '{}'),
  ('vegetable/tuber/taro', 3, '芋头', 'Taro', '{香芋,芋艿}', '{}'),
  ('vegetable/tuber/yam', 3, '山药', 'Chinese yam', '{淮山}', '{}'),
  ('vegetable/tuber/konjac', 3, '魔芋', 'Konjac', '{}', '{}'),
  ('vegetable/root', 2, '根菜类', 'Roots', '{}', '{}'),
  ('vegetable/root/radish', 3, '萝卜', 'Radish', '{}', '{}'),
  ('vegetable/root/carrot', 3, '胡萝卜', 'Carrot', '{红萝卜}', '{}'),
  ('vegetable/root/ginger', 3, '生姜', 'Ginger', '{姜}', '{}'),
  ('vegetable/root/garlic', 3, '大蒜', 'Garlic', '{蒜头}', '{}'),
  ('vegetable/bean', 2, '豆类菜', 'Beans', '{}', '{}'),
  ('vegetable/bean/cowpea', 3, '豆角', 'Yardlong bean', '{豇豆}', '{}'),
  ('vegetable/bean/pea', 3, '豌豆', 'Pea', '{荷兰豆}', '{}'),
  ('vegetable/fungus', 2, '食用菌', 'Mushrooms', '{菌菇}', '{}'),
  ('vegetable/fungus/shiitake', 3, '香菇', 'Shiitake', '{冬菇,花菇}', '{}'),
  ('vegetable/fungus/wood-ear', 3, '木耳', 'Wood ear', '{黑木耳,云耳}', '{}'),
  ('vegetable/fungus/tremella', 3, '银耳', 'Tremella', '{白木耳}', '{}'),
  ('vegetable/fungus/morel', 3, '羊肚菌', 'Morel', '{}', '{}'),
  ('vegetable/fungus/matsutake', 3, '松茸', 'Matsutake', '{}', '{}'),
  ('vegetable/shoot', 2, '笋类', 'Shoots', '{}', '{}'),
  ('vegetable/shoot/bamboo-shoot', 3, '竹笋', 'Bamboo shoot', '{笋,笋干}', '{}'),
  ('nut', 1, '干果', 'Nuts and dried fruit', '{坚果干果}', '{}'),
  ('nut/tree-nut', 2, '坚果', 'Tree nuts', '{}', '{}'),
  ('nut/tree-nut/chestnut', 3, '板栗', 'Chestnut', '{栗子}', '{油栗}'),
  ('nut/tree-nut/walnut', 3, '核桃', 'Walnut', '{胡桃}', '{}'),
  ('nut/tree-nut/almond', 3, '巴旦木', 'Almond', '{杏仁}', '{}'),
  ('nut/tree-nut/macadamia', 3, '夏威夷果', 'Macadamia', '{澳洲坚果}', '{}'),
  ('nut/tree-nut/peanut', 3, '花生', 'Peanut', '{落花生}', '{}'),
  ('nut/tree-nut/sunflower-seed', 3, '瓜子', 'Sunflower seed', '{葵花籽}', '{}'),
  ('nut/dried', 2, '果干', 'Dried fruit', '{}', '{}'),
  ('nut/dried/jujube', 3, '红枣', 'Jujube', '{大枣,枣,小圆枣}', '{黑枣}'),
  ('nut/dried/plum', 3, '青梅干', 'Dried green plum', '{话梅,梅干}', '{}'),
  ('nut/dried/raisin', 3, '葡萄干', 'Raisins', '{}', '{}'),
  ('nut/dried/wolfberry', 3, '枸杞', 'Wolfberry', '{枸杞子}', '{}'),
  ('nut/dried/dried-mango', 3, '芒果干', 'Dried mango', '{}', '{}'),
  ('meat', 1, '肉禽', 'Meat and poultry', '{肉类}', '{}'),
  ('meat/poultry', 2, '禽肉', 'Poultry', '{}', '{}'),
  ('meat/poultry/chicken', 3, '鸡', 'Chicken', '{土鸡,柴鸡,走地鸡,散养鸡,家鸡}', '{白条三黄鸡}'),
  ('meat/poultry/duck', 3, '鸭', 'Duck', '{鸭子,麻鸭}', '{}'),
  ('meat/poultry/goose', 3, '鹅', 'Goose', '{}', '{}'),
  ('meat/egg', 2, '禽蛋', 'Eggs', '{}', '{}'),
  ('meat/egg/hen-egg', 3, '鸡蛋', 'Hen eggs', '{土鸡蛋,柴鸡蛋}', '{}'),
  ('meat/egg/duck-egg', 3, '鸭蛋', 'Duck eggs', '{海鸭蛋,咸鸭蛋}', '{}'),
  ('meat/bovine', 2, '牛肉', 'Beef', '{}', '{}'),
  ('meat/bovine/beef', 3, '黄牛肉', 'Beef', '{牛肉}', '{牛前腿}'),
  ('meat/bovine/yak', 3, '牦牛肉', 'Yak', '{}', '{}'),
  ('meat/mutton', 2, '羊肉', 'Mutton', '{}', '{}'),
  ('meat/mutton/lamb', 3, '羊肉', 'Lamb', '{黑山羊,羔羊}', '{}'),
  ('meat/pork', 2, '猪肉', 'Pork', '{}', '{}'),
  ('meat/pork/fresh-pork', 3, '鲜猪肉', 'Fresh pork', '{土猪肉,黑猪肉}', '{}'),
  ('meat/cured', 2, '腌腊', 'Cured meat', '{}', '{}'),
  ('meat/cured/bacon', 3, '腊肉', 'Cured pork', '{腊味}', '{}'),
  ('meat/cured/ham', 3, '火腿', 'Ham', '{}', '{}'),
  ('meat/cured/sausage', 3, '腊肠', 'Sausage', '{香肠}', '{}'),
  ('grain', 1, '粮油', 'Grain and oil', '{米面粮油}', '{}'),
  ('grain/rice', 2, '大米', 'Rice', '{稻米}', '{}'),
  ('grain/rice/fragrant-rice', 3, '香米', 'Fragrant rice', '{香稻}', '{}'),
  ('grain/rice/glutinous-rice', 3, '糯米', 'Glutinous rice', '{江米}', '{}'),
  ('grain/rice/red-rice', 3, '红米', 'Red rice', '{}', '{}'),
  ('grain/coarse', 2, '杂粮', 'Coarse grain', '{五谷杂粮}', '{}'),
  ('grain/coarse/millet', 3, '小米', 'Millet', '{粟}', '{}'),
  ('grain/coarse/maize', 3, '玉米', 'Maize', '{苞谷,苞米,棒子}', '{}'),
  ('grain/coarse/buckwheat', 3, '荞麦', 'Buckwheat', '{苦荞}', '{}'),
  ('grain/coarse/oat', 3, '燕麦', 'Oats', '{莜麦}', '{}'),
  ('grain/coarse/mung-bean', 3, '绿豆', 'Mung bean', '{}', '{}'),
  ('grain/coarse/soybean', 3, '黄豆', 'Soybean', '{大豆}', '{}'),
  ('grain/flour', 2, '面粉面条', 'Flour and noodles', '{}', '{}'),
  ('grain/flour/wheat-flour', 3, '面粉', 'Wheat flour', '{小麦粉}', '{}'),
  ('grain/flour/noodle', 3, '面条', 'Noodles', '{挂面}', '{}'),
  ('grain/flour/rice-noodle', 3, '米粉', 'Rice noodles', '{粉丝}', '{}'),
  ('grain/oil', 2, '食用油', 'Edible oil', '{}', '{}'),
  ('grain/oil/camellia-oil', 3, '山茶油', 'Camellia oil', '{茶油,油茶籽油,茶籽油}', '{}'),
  ('grain/oil/peanut-oil', 3, '花生油', 'Peanut oil', '{}', '{}'),
  ('grain/oil/rapeseed-oil', 3, '菜籽油', 'Rapeseed oil', '{菜油}', '{}'),
  ('grain/oil/walnut-oil', 3, '核桃油', 'Walnut oil', '{}', '{}'),
  ('tea', 1, '茶饮', 'Tea and drinks', '{茶}', '{}'),
  ('tea/leaf', 2, '茶叶', 'Tea', '{}', '{}'),
  ('tea/leaf/green-tea', 3, '绿茶', 'Green tea', '{}', '{}'),
  ('tea/leaf/black-tea', 3, '红茶', 'Black tea', '{}', '{}'),
  ('tea/leaf/dark-tea', 3, '黑茶', 'Dark tea', '{六堡茶,普洱茶}', '{}'),
  ('tea/leaf/white-tea', 3, '白茶', 'White tea', '{}', '{}'),
  ('tea/flower', 2, '花草茶', 'Herbal tea', '{花茶}', '{}'),
  ('tea/flower/snow-daisy', 3, '雪菊', 'Snow daisy', '{昆仑雪菊}', '{}'),
  ('tea/flower/chrysanthemum', 3, '菊花', 'Chrysanthemum', '{菊花茶}', '{}'),
  ('tea/flower/honeysuckle', 3, '金银花', 'Honeysuckle', '{}', '{}'),
  ('tea/water', 2, '饮用水', 'Drinking water', '{}', '{}'),
  ('tea/water/spring-water', 3, '天然泉水', 'Spring water', '{矿泉水,山泉水}', '{}'),
  ('tea/juice', 2, '果汁', 'Juice', '{}', '{}'),
  ('tea/juice/fruit-juice', 3, '果汁', 'Fruit juice', '{沙棘汁}', '{}'),
  ('tea/coffee-bean', 2, '咖啡', 'Coffee', '{}', '{}'),
  ('tea/coffee-bean/coffee', 3, '咖啡豆', 'Coffee beans', '{}', '{}'),
  ('specialty', 1, '特产', 'Specialities', '{土特产}', '{}'),
  ('specialty/herb', 2, '药食同源', 'Food herbs', '{中药材}', '{}'),
  ('specialty/herb/gastrodia', 3, '天麻', 'Gastrodia', '{}', '{}'),
  ('specialty/herb/astragalus', 3, '黄芪', 'Astragalus', '{北芪}', '{}'),
  ('specialty/herb/codonopsis', 3, '党参', 'Codonopsis', '{}', '{}'),
  ('specialty/herb/notoginseng', 3, '三七', 'Notoginseng', '{田七}', '{}'),
  ('specialty/herb/dendrobium', 3, '石斛', 'Dendrobium', '{铁皮石斛}', '{}'),
  ('specialty/seafood', 2, '海味干货', 'Dried seafood', '{海产}', '{}'),
  ('specialty/seafood/dried-shrimp', 3, '虾米', 'Dried shrimp', '{虾干,海米}', '{}'),
  ('specialty/seafood/dried-fish', 3, '鱼干', 'Dried fish', '{咸鱼}', '{}'),
  ('specialty/seafood/kelp', 3, '海带', 'Kelp', '{昆布}', '{}'),
  ('specialty/honey-products', 2, '蜂产品', 'Bee products', '{}', '{}'),
  ('specialty/honey-products/honey', 3, '蜂蜜', 'Honey', '{土蜂蜜}', '{}'),
  ('specialty/condiment', 2, '调味品', 'Condiments', '{}', '{}'),
  ('specialty/condiment/chili-sauce', 3, '辣椒酱', 'Chili sauce', '{}', '{}'),
  ('specialty/condiment/star-anise', 3, '八角', 'Star anise', '{大料}', '{}'),
  ('specialty/condiment/sichuan-pepper', 3, '花椒', 'Sichuan pepper', '{}', '{}'),
  ('specialty/condiment/brown-sugar', 3, '红糖', 'Brown sugar', '{黑糖}', '{}'),
  ('specialty/dairy', 2, '乳制品', 'Dairy', '{奶制品}', '{}'),
  ('specialty/dairy/milk-tea-powder', 3, '奶茶粉', 'Milk tea powder', '{}', '{}'),
  ('specialty/dairy/cheese', 3, '奶酪', 'Cheese', '{奶豆腐,奶皮子}', '{}'),
  ('specialty/craft', 2, '手工艺品', 'Handicrafts', '{}', '{}'),
  ('specialty/craft/embroidery', 3, '刺绣', 'Embroidery', '{壮锦,绣球}', '{}');

-- 一县一品: what a county is known for, and the enterprises that work on it there.
create table flagship (
  programme_id text not null,
  id uuid not null,
  county_code text not null references area (code),
  class text collate "C" not null references produce_class (path),
  name_zh text not null,
  name_en text not null,
  story_zh text not null,
  story_en text not null,
  -- row of the domain reference, or `invented`
  source text not null,
  created_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, county_code, class)
);
select scoped('flagship', 'select, insert, update', 'select');

create table flagship_partner (
  programme_id text not null,
  flagship_id uuid not null,
  no int not null,
  name_zh text not null,
  name_en text not null,
  work_zh text not null,
  work_en text not null,
  source text not null,
  primary key (programme_id, flagship_id, no),
  foreign key (programme_id, flagship_id) references flagship (programme_id, id) on delete restrict
);
select scoped('flagship_partner', 'select, insert', 'select');
