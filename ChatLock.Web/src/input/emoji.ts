/** Emoji by their names between colons, as other chats call them. An unknown name stays as it was typed. */

const TABLE = `
smile 😄 grin 😁 joy 😂 rofl 🤣 smiley 😃 grinning 😀 sweat_smile 😅 laughing 😆 wink 😉 blush 😊 yum 😋 sunglasses 😎
heart_eyes 😍 kissing_heart 😘 hugs 🤗 thinking 🤔 neutral_face 😐 expressionless 😑 no_mouth 😶 roll_eyes 🙄 smirk 😏
persevere 😣 open_mouth 😮 zipper_mouth 🤐 hushed 😯 sleepy 😪 tired_face 😫 sleeping 😴 relieved 😌 stuck_out_tongue 😛
stuck_out_tongue_winking_eye 😜 drooling 🤤 unamused 😒 sweat 😓 pensive 😔 confused 😕 upside_down 🙃 money_mouth 🤑
astonished 😲 frowning 🙁 disappointed 😞 worried 😟 triumph 😤 cry 😢 sob 😭 anguished 😧 fearful 😨 weary 😩 scream 😱
flushed 😳 dizzy_face 😵 rage 😡 angry 😠 mask 😷 nerd 🤓 innocent 😇 cowboy 🤠 clown 🤡 liar 🤥 shushing 🤫 exploding_head 🤯
star_struck 🤩 partying 🥳 pleading 🥺 hot 🥵 cold 🥶 yawning 🥱 smiling_imp 😈 skull 💀 ghost 👻 alien 👽 robot 🤖 poop 💩
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 muscle 💪 fist ✊ punch 👊
v ✌️ crossed_fingers 🤞 point_up ☝️ point_down 👇 point_left 👈 point_right 👉 raised_hand ✋ writing_hand ✍️ eyes 👀 brain 🧠
shrug 🤷 facepalm 🤦 bow 🙇 running 🏃 dancer 💃 heart ❤️ broken_heart 💔 yellow_heart 💛 green_heart 💚 blue_heart 💙
purple_heart 💜 black_heart 🖤 sparkling_heart 💖 100 💯 anger 💢 boom 💥 dizzy 💫 zzz 💤 fire 🔥 sparkles ✨ star ⭐ star2 🌟
zap ⚡ sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ snowman ⛄ rainbow 🌈 ocean 🌊 earth 🌍 moon 🌙 dog 🐶 cat 🐱 mouse 🐭 fox 🦊
bear 🐻 panda 🐼 monkey 🐵 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 chicken 🐔 penguin 🐧 bird 🐦 owl 🦉 unicorn 🦄 bug 🐛
bee 🐝 butterfly 🦋 snail 🐌 turtle 🐢 snake 🐍 octopus 🐙 fish 🐟 whale 🐳 rose 🌹 sunflower 🌻 tree 🌳 cactus 🌵 clover 🍀
apple 🍎 banana 🍌 strawberry 🍓 avocado 🥑 pizza 🍕 hamburger 🍔 fries 🍟 bread 🍞 cheese 🧀 egg 🥚 cookie 🍪 cake 🍰 birthday 🎂
coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine 🍷 cocktail 🍸 champagne 🍾 tada 🎉 confetti 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 soccer ⚽
basketball 🏀 dart 🎯 game 🎮 dice 🎲 art 🎨 guitar 🎸 music 🎵 headphones 🎧 movie 🎬 camera 📷 tv 📺 phone 📱 computer 💻 keyboard ⌨️
bulb 💡 book 📖 books 📚 pencil ✏️ memo 📝 mailbox 📬 email 📧 lock 🔒 unlock 🔓 key 🔑 shield 🛡️ hammer 🔨 wrench 🔧 gear ⚙️ link 🔗
mag 🔍 hourglass ⏳ alarm_clock ⏰ calendar 📅 pushpin 📌 clipboard 📋 package 📦 rocket 🚀 airplane ✈️ car 🚗 bike 🚲 train 🚆 ship 🚢
house 🏠 office 🏢 hospital 🏥 warning ⚠️ no_entry ⛔ stop 🛑 question ❓ exclamation ❗ check ✅ white_check_mark ✅ x ❌ heavy_check ✔️
recycle ♻️ infinity ♾️ arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ checkered_flag 🏁 white_flag 🏳️ crown 👑 ring 💍 gem 💎
`;

/** Name to emoji, in the order in which they are offered. */
export const emojiNames: ReadonlyMap<string, string> = new Map(pairs(TABLE.trim().split(/\s+/)));

const NAMED = /(?<![\p{L}\p{N}]):([a-z0-9_+-]{1,32}):/gu;
const CODE = /(```[^]*?```|`[^`\n]*`)/;

/** Emoji in the place of their names; not in code, where a colon means something else. */
export function replaceEmoji(text: string): string {
    return text
        .split(CODE)
        .map((part, index) => (index % 2 === 1 ? part : replaceIn(part)))
        .join("");
}

const replaceIn = (text: string): string =>
    text.replace(NAMED, (typed: string, name: string) => emojiNames.get(name) ?? typed);

function pairs(words: readonly string[]): [name: string, emoji: string][] {
    return Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at]!, words[2 * at + 1]!]);
}
